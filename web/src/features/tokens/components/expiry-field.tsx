import { NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { lastDay } from '../../../lib/day.ts'
import { type ExpiryChoice, presetDays } from '../token-expiry.ts'

interface ExpiryFieldProps {
  value: ExpiryChoice
  onChange: (value: ExpiryChoice) => void
  error: string | undefined
}

export function ExpiryField({ value, onChange, error }: ExpiryFieldProps) {
  const { t } = useTranslation('tokens')
  return (
    <>
      <NativeSelect
        label={t('field.expiry')}
        value={value.choice}
        onChange={(event) => onChange({ ...value, choice: event.currentTarget.value })}
        data={[
          ...presetDays.map((days) => ({ value: String(days), label: t('field.days', { count: days }) })),
          { value: 'longest', label: t('field.longest') },
          { value: 'custom', label: t('field.custom') },
        ]}
        error={value.choice === 'custom' ? undefined : error}
      />
      {value.choice === 'custom' && (
        <TextInput
          type="date"
          max={lastDay}
          label={t('field.date')}
          required
          maw={220}
          value={value.day}
          onChange={(event) => onChange({ ...value, day: event.currentTarget.value })}
          error={error}
        />
      )}
    </>
  )
}
