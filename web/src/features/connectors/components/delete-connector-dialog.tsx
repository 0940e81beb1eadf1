import { Alert, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { Icon } from '../../../components/ui/icon.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useWrite } from '../../../lib/use-write.ts'
import type { Connector } from '../connector-types.ts'

/** Asks before a connector is deleted; one in use is kept. */
export function DeleteConnectorDialog({ connector, onClose }: { connector: Connector; onClose: () => void }) {
  const { t } = useTranslation('connectors')
  const queries = useQueryClient()
  const { isBusy, problem, write } = useWrite()
  const words = { name: connector.name }
  const isInUse = problem?.status === 409

  async function remove(): Promise<void> {
    const isDone = await write(null, async () => {
      await client.DELETE('/connectors/{id}', { params: { path: { id: connector.id } } })
    })
    void queries.invalidateQueries({ queryKey: ['get', '/connectors'] })
    if (!isDone) return
    showToast('success', t('deleted', words))
    onClose()
  }

  return (
    <DialogFrame
      title={t('deleteTitle', words)}
      submitLabel={t('delete')}
      isDangerous
      isBusy={isBusy}
      isOver={isInUse}
      onSubmit={remove}
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
