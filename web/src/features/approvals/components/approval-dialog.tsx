import { Text, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useForm } from '../../../lib/use-form.ts'
import { DenyFields, emptyDenial, useDenialCheck } from '../../request-card/components/deny-fields.tsx'
import { DialogProblem } from '../../request-card/components/dialog-problem.tsx'
import { useApproval } from '../api/use-approval.ts'
import { approvalBody, type Verdict } from '../approval-body.ts'

interface ApprovalDialogProps {
  request: AccessRequest
  verdict: Verdict
  /** What was typed before. */
  reason?: string
  onClose: () => void
  onDecided?: ((id: string) => void) | undefined
}

/** An assigned approver's decision: a reason is optional to approve, and required to deny. */
export function ApprovalDialog({ request, verdict, reason = '', onClose, onDecided }: ApprovalDialogProps) {
  const { t } = useTranslation(['approvals', 'requests', 'common'])
  const words = { name: request.requester.name, flow: request.approvalFlow.name }
  const isDenial = verdict === 'deny'
  const { isBusy, problem, isOver, run } = useApproval(request, finish)

  const checkDenial = useDenialCheck()
  const { field, submit, draft } = useForm({
    initial: { ...emptyDenial, reason },
    check: (typed) => (isDenial ? checkDenial(typed) : {}),
    problem,
    draft: { name: `${verdict}-as-approver.${request.id}` },
  })

  function finish(): void {
    draft.forget()
    showToast('success', isDenial ? t('denied', words) : t('approved', words))
    onClose()
    onDecided?.(request.id)
  }

  return (
    <DialogFrame
      title={isDenial ? t('denyTitle', words) : t('approveTitle', words)}
      submitLabel={isDenial ? t('deny') : t('approve')}
      isDangerous={isDenial}
      draft={draft}
      isBusy={isBusy}
      isOver={isOver}
      onSubmit={() => submit((typed) => run(approvalBody(verdict, typed)))}
      onClose={onClose}
    >
      {isDenial ? (
        <DenyFields field={field} hasNotes={false} />
      ) : (
        <>
          <Text>{t('approveText')}</Text>
          <Textarea
            data-autofocus
            autosize
            minRows={2}
            maxRows={8}
            maxLength={4000}
            label={`${t('requests:decide.reason')} (${t('common:optional')})`}
            description={t('reasonShown')}
            {...field('reason')}
          />
        </>
      )}
      <DialogProblem problem={problem} fields={['reason', 'nextSteps']} />
    </DialogFrame>
  )
}
