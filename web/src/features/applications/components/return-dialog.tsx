import { List, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import type { components } from '../../../api/schema.d.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useBatch } from '../../../lib/use-batch.ts'

type Application = components['schemas']['MyApplication']

interface ReturnDialogProps {
  application: Application
  /** Every application of this person. */
  all: Application[]
  onClose: () => void
}

const grantsOf = ({ via }: Application) => via.flatMap(({ grantId }) => grantId ?? [])

/** Gives back what approved requests gave, and says beforehand what else goes with it and what stays. */
export function ReturnDialog({ application, all, onClose }: ReturnDialogProps) {
  const { t } = useTranslation('portal')
  const queries = useQueryClient()
  const grantIds = grantsOf(application)
  const words = { name: application.name }
  const isGone = ({ via }: Application) => via.every(({ grantId }) => grantId !== null && grantIds.includes(grantId))
  const others = all.filter((other) => other.id !== application.id && isGone(other))
  const { isBusy, problem, run } = useBatch<string, boolean>({
    size: 1,
    async send([id = ''], headers) {
      const { response } = await client.POST('/grants/{id}/return', { params: { path: { id } }, headers })
      return [response.status === 202]
    },
    onAnswered: () => void queries.invalidateQueries({ queryKey: ['get', '/me/applications'] }),
    onDone(underWay) {
      const isUnderWay = underWay.includes(true)
      showToast(
        isUnderWay ? 'info' : 'success',
        t(isUnderWay ? 'applications.returning' : 'applications.returned', words),
      )
      onClose()
    },
  })
  return (
    <DialogFrame
      title={t('applications.returnTitle', words)}
      submitLabel={t('applications.return')}
      isDangerous
      isBusy={isBusy}
      onSubmit={() => run(grantIds)}
      onClose={onClose}
    >
      <Text>{t(isGone(application) ? 'applications.returnText' : 'applications.returnKept', words)}</Text>
      {others.length > 0 && (
        <div>
          <Text>{t('applications.returnOthers')}</Text>
          <List size="sm">
            {others.map(({ id, name }) => (
              <List.Item key={id}>{name}</List.Item>
            ))}
          </List>
        </div>
      )}
      <ProblemAlert problem={problem} />
    </DialogFrame>
  )
}
