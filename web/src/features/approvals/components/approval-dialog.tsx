import { Text, Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import type { components } from '../../../api/schema.d.ts'
import type { AccessRequest } from '../../../api/types.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useReadAgain, useShowOwnRequest } from '../../request-card/api/use-own-request.ts'
import { DialogProblem } from '../../request-card/components/dialog-problem.tsx'

export type Verdict = components['schemas']['DecideAccessRequest']['decision']

interface ApprovalDialogProps {
  request: AccessRequest
  verdict: Verdict
  onClose: () => void
}

const closing = ['request_closed', 'already_decided', 'not_an_approver']

/** An assigned approver's decision: a reason is optional to approve, and required to deny. */
export function ApprovalDialog({ request, verdict, onClose }: ApprovalDialogProps) {
  const { t } = useTranslation(['approvals', 'requests', 'common'])
  const [reason, setReason] = useState('')
  const [nextSteps, setNextSteps] = useState('')
  const [isReasonMissing, setIsReasonMissing] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const show = useShowOwnRequest()
  const readAgain = useReadAgain()
  const words = { name: request.requester.name, flow: request.approvalFlow.name }
  const isDenial = verdict === 'deny'
  const { isBusy, problem, run } = useCommand({
    send: (body: components['schemas']['DecideAccessRequest'], headers) =>
      client.POST('/access-requests/{id}/decisions', { params: { path: { id: request.id } }, body, headers }),
    awaitsOutcome: true,
    onDone(decided) {
      show(decided)
      showToast('success', isDenial ? t('denied', words) : t('approved', words))
      onClose()
    },
    onRefused: (refusal) => refusal.status === 409 && readAgain(request.id),
  })

  function submit(): void {
    const isMissing = isDenial && reason.trim() === ''
    setIsReasonMissing(isMissing)
    if (isMissing) field.current?.focus()
    else
      void run({
        decision: verdict,
        ...(reason.trim() && { reason }),
        ...(isDenial && nextSteps.trim() && { nextSteps }),
      })
  }

  const optional = ` (${t('common:optional')})`
  const texts = { autosize: true, minRows: 2, maxRows: 8, maxLength: 4000 }
  return (
    <DialogFrame
      title={isDenial ? t('denyTitle', words) : t('approveTitle', words)}
      submitLabel={isDenial ? t('deny') : t('approve')}
      isDangerous={isDenial}
      isBusy={isBusy}
      isOver={problem !== undefined && closing.includes(problem.code)}
      onSubmit={submit}
      onClose={onClose}
    >
      {!isDenial && <Text>{t('approveText')}</Text>}
      <Textarea
        {...texts}
        ref={field}
        data-autofocus
        required={isDenial}
        label={t('requests:decide.reason') + (isDenial ? '' : optional)}
        description={isDenial ? t('requests:decide.reasonHint') : t('reasonShown')}
        value={reason}
        error={isReasonMissing ? t('requests:decide.reasonMissing') : problem?.fieldMessage('reason')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {isDenial && (
        <Textarea
          {...texts}
          label={t('requests:decide.nextSteps') + optional}
          description={t('requests:decide.nextStepsHint')}
          value={nextSteps}
          error={problem?.fieldMessage('nextSteps')}
          onChange={(event) => setNextSteps(event.currentTarget.value)}
        />
      )}
      <DialogProblem problem={problem} fields={['reason', 'nextSteps']} />
    </DialogFrame>
  )
}
