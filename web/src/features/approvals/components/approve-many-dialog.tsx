import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { DecideManyDialog } from '../../request-card/components/decide-many-dialog.tsx'
import { type Decision, useApprovalOfMany } from '../api/use-approval.ts'
import { approvalBody, type Verdict } from '../approval-body.ts'

interface ApproveManyDialogProps {
  verdict: Verdict
  requests: readonly AccessRequest[]
  onClose: () => void
  /** The requests that were decided need no longer be selected. */
  onDone: (decidedIds: string[]) => void
}

/** The same answer to many requests, with one reason for all of them. */
export function ApproveManyDialog({ verdict, requests, onClose, onDone }: ApproveManyDialogProps) {
  const { t } = useTranslation(['approvals', 'requests'])
  const decisions = useApprovalOfMany()
  const count = requests.length
  const isDenial = verdict === 'deny'
  return (
    <DecideManyDialog<Decision>
      isDenial={isDenial}
      requests={requests}
      decisions={decisions}
      termsOf={({ message, reason, nextSteps }) =>
        approvalBody(verdict, { reason: isDenial ? reason : message, nextSteps })
      }
      words={{
        title: isDenial ? t('denyMany', { count }) : t('approveMany', { count }),
        submit: isDenial ? t('deny') : t('approve'),
        message: t('requests:decide.reason'),
        messageHint: t('reasonOfMany'),
      }}
      hasNotes={false}
      note={!isDenial && <Text size="sm">{t('approveText')}</Text>}
      onClose={onClose}
      onDone={onDone}
    />
  )
}
