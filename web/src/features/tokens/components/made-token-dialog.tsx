import { Code, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ShownOnce } from '../../../components/ui/shown-once.tsx'
import type { NewApiToken } from '../token-types.ts'

/** The token, this once. */
export function MadeTokenDialog({ made, onClose }: { made: NewApiToken; onClose: () => void }) {
  const { t } = useTranslation('tokens')
  return (
    <ShownOnce
      title={t('madeTitle', { name: made.name })}
      label={t('token')}
      secret={made.token}
      warning={t('once')}
      hint={t('onceHint')}
      doneLabel={t('kept')}
      onClose={onClose}
    >
      <Text size="sm">
        {t('use')} <Code>Authorization: Bearer …</Code>
      </Text>
    </ShownOnce>
  )
}
