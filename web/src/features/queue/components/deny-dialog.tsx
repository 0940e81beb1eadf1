import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useForm } from '../../../lib/use-form.ts'
import {
  type Denial,
  DenyFields,
  denialBody,
  denialFields,
  emptyDenial,
  useDenialCheck,
} from '../../request-card/components/deny-fields.tsx'
import { DecidedMeanwhile, DialogProblem } from '../../request-card/components/dialog-problem.tsx'
import { useDecision } from '../api/use-decision.ts'
import { useLatest } from '../api/use-queue.ts'
import { type Acting, ActingChoice, ownStepOf } from './acting-choice.tsx'
import type { DecisionDialogProps } from './grant-dialog.tsx'
import { OverrideNotice } from './override-notice.tsx'

/** Deny Access: a reason is required; what only administrators read is labelled so. */
export function DenyDialog({ request, viewerId, onClose, onDecided }: DecisionDialogProps) {
  const { t } = useTranslation('requests')
  const ownStep = ownStepOf(request, viewerId)
  const [acting, setActing] = useState<Acting>('approver')
  const isApprover = ownStep !== undefined && acting === 'approver'
  const { isBusy, problem, run } = useDecision(request.id, finish)

  const latest = useLatest(request)
  const isLost = !isBusy && !problem && !(isApprover ? latest.abilities.decide : latest.abilities.deny)

  const { field, submit, draft } = useForm({
    initial: emptyDenial,
    check: useDenialCheck(),
    problem,
    draft: { name: `deny.${request.id}` },
  })

  function finish(decided: AccessRequest): void {
    draft.forget()
    const words = { name: request.requester.name, flow: request.approvalFlow.name }
    if (isApprover && decided.processing !== 'closed') showToast('success', t('acting.deniedStep', words))
    else if (decided.status === 'denied') showToast('success', t('decide.denied', words))
    else showToast('info', t('decide.underWay'))
    onClose()
    onDecided?.(request.id)
  }

  function deny(denial: Denial) {
    const { internalNotes: _notes, ...body } = denialBody(denial)
    if (isApprover) return run({ action: 'decide', body: { ...body, decision: 'deny' } })
    return run({ action: 'deny', body: denialBody(denial) })
  }

  return (
    <DialogFrame
      title={t('decide.denyTitle', { flow: request.approvalFlow.name, name: request.requester.name })}
      submitLabel={t('decide.deny')}
      isDangerous
      draft={draft}
      isBusy={isBusy}
      isOver={problem?.code === 'request_closed' || isLost}
      onSubmit={() => submit(deny)}
      onClose={onClose}
    >
      {ownStep && <ActingChoice step={ownStep} action="deny" value={acting} onChange={setActing} />}
      {!isApprover && <OverrideNotice request={request} viewerId={viewerId} />}
      <DenyFields field={field} hasNotes={!isApprover} />
      {isLost && <DecidedMeanwhile request={latest} />}
      <DialogProblem problem={problem} fields={denialFields} />
    </DialogFrame>
  )
}
