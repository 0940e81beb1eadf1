import { useTranslation } from 'react-i18next'
import { ShownOnce } from '../../../components/ui/shown-once.tsx'
import type { CreatedConnector } from '../connector-types.ts'

/** The signing secret, this once. */
export function SecretDialog({ made, onClose }: { made: CreatedConnector; onClose: () => void }) {
  const { t } = useTranslation('connectors')
  return (
    <ShownOnce
      title={t('madeTitle', { name: made.name })}
      label={t('secret')}
      secret={made.secret}
      warning={t('once')}
      hint={t('onceHint')}
      doneLabel={t('kept')}
      onClose={onClose}
    />
  )
}
