import { Alert, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { Icon } from '../../../components/ui/icon.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import type { Connector } from '../connector-types.ts'

/** Asks before a connector is deleted; one in use is kept. */
export function DeleteConnectorDialog({ connector, onClose }: { connector: Connector; onClose: () => void }) {
  const { t } = useTranslation('connectors')
  const words = { name: connector.name }
  const { isBusy, problem, run } = useCommand({
    send: () => client.DELETE('/connectors/{id}', { params: { path: { id: connector.id } } }),
    rereads: ['/connectors'],
    onDone() {
      showToast('success', t('deleted', words))
      onClose()
    },
  })
  const isInUse = problem?.status === 409

  return (
    <DialogFrame
      title={t('deleteTitle', words)}
      submitLabel={t('delete')}
      isDangerous
      isBusy={isBusy}
      isOver={isInUse}
      onSubmit={run}
      onClose={onClose}
    >
      <Text>{t('deleteText')}</Text>
      {isInUse ? (
        <Alert color="red" icon={<Icon name="alert" />}>
          {t('inUse')}
        </Alert>
      ) : (
        <ProblemAlert problem={problem} />
      )}
    </DialogFrame>
  )
}
