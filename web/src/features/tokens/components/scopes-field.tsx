import { Checkbox, NativeSelect, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Scope, scopeWords } from '../token-types.ts'

interface ScopesFieldProps {
  offered: readonly Scope[]
  /** Null: everything its user may do. */
  value: Scope[] | null
  onChange: (scopes: Scope[] | null) => void
  error: string | undefined
}

/** Everything, or single scopes in plain words. */
export function ScopesField({ offered, value, onChange, error }: ScopesFieldProps) {
  const { t } = useTranslation('tokens')
  return (
    <>
      <NativeSelect
        label={t('field.scopes')}
        value={value ? 'some' : 'all'}
        onChange={(event) => onChange(event.currentTarget.value === 'some' ? [] : null)}
        data={[
          { value: 'all', label: t('field.all') },
          { value: 'some', label: t('field.some') },
        ]}
      />
      {value && (
        <Checkbox.Group
          aria-label={t('field.scopes')}
          value={value}
          onChange={(scopes) => onChange(offered.filter((scope) => scopes.includes(scope)))}
          error={error}
        >
          <Stack gap="xs" mb={error ? 'xs' : 0}>
            {offered.map((scope) => (
              <Checkbox key={scope} value={scope} label={t(scopeWords[scope])} description={scope} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </>
  )
}
