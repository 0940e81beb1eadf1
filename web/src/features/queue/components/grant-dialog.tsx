import { Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { DurationField } from '../../../components/ui/duration-field.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { presetDurations, roughSeconds } from '../../../lib/duration.ts'
import { useForm } from '../../../lib/use-form.ts'
import { useFormat } from '../../../lib/use-format.ts'
import { DecidedMeanwhile, DialogProblem } from '../../request-card/components/dialog-problem.tsx'
import { useDecision } from '../api/use-decision.ts'
import { useLatest } from '../api/use-queue.ts'
import { type Acting, ActingChoice, ownStepOf } from './acting-choice.tsx'
import { OverrideNotice } from './override-notice.tsx'

export interface DecisionDialogProps {
  request: AccessRequest
  /** Who decides: a step may wait for them. */
  viewerId: string
  onClose: () => void
  onDecided: ((id: string) => void) | undefined
}

/** The confirm screen of Grant Access (and of Retry Grant): duration when timed, and a message. */
export function GrantDialog({ request, viewerId, onClose, onDecided }: DecisionDialogProps) {
  const { t } = useTranslation(['requests', 'common'])
  const format = useFormat()
  const { requester, approvalFlow, requestedDuration } = request
  const ownStep = ownStepOf(request, viewerId)
  const [acting, setActing] = useState<Acting>('approver')
  const isApprover = ownStep !== undefined && acting === 'approver'
  const { isBusy, problem, run } = useDecision(request.id, finish)

  const latest = useLatest(request)
  const isLost = !isBusy && !problem && !(isApprover ? latest.abilities.decide : latest.abilities.grant)

  function finish(decided: AccessRequest, isKnown: boolean): void {
    draft.forget()
    tell(decided, isKnown)
    onClose()
    onDecided?.(request.id)
  }

  function tell(decided: AccessRequest, isKnown: boolean): void {
    const words = { name: requester.name, flow: approvalFlow.name }
    if (decided.status === 'approved') showToast('success', t('decide.granted', words))
    else if (decided.status === 'error' && isKnown)
      showToast('failure', t('decide.failed', { cause: decided.error?.message ?? '' }))
    else if (isApprover && isKnown && decided.status !== 'error') showToast('success', t('acting.approvedStep', words))
    else showToast('info', t('decide.underWay'))
  }

  const asked = requestedDuration ?? ''
  const { field, submit, draft } = useForm({
    initial: { duration: asked, message: '' },
    check: ({ duration }) => ({ duration: requestedDuration && !duration ? t('duration.wrong') : undefined }),
    problem,
    draft: {
      name: `grant.${request.id}`,
      take: ({ duration, message }) => ({ duration: duration || asked, message }),
    },
  })

  function grant({ duration, message }: { duration: string; message: string }): void {
    if (isApprover)
      return void run({ action: 'decide', body: { decision: 'approve', ...(message.trim() && { reason: message }) } })
    const isShorter = requestedDuration !== null && duration !== requestedDuration
    void run({ action: 'grant', body: { ...(message.trim() && { message }), ...(isShorter && { duration }) } })
  }

  const shorter = presetDurations.filter(
    (preset) => requestedDuration && roughSeconds(preset) < roughSeconds(requestedDuration),
  )
  return (
    <DialogFrame
      title={t('decide.grantTitle', { flow: approvalFlow.name })}
      submitLabel={isApprover ? t('acting.submit') : request.status === 'error' ? t('decide.retry') : t('decide.grant')}
      draft={draft}
      isBusy={isBusy}
      isOver={problem?.code === 'request_closed' || isLost}
      onSubmit={() => submit(grant)}
      onClose={onClose}
    >
      {ownStep && <ActingChoice step={ownStep} action="grant" value={acting} onChange={setActing} />}
      {!isApprover && <Text>{t('decide.grantText', { name: requester.name })}</Text>}
      {!isApprover && <OverrideNotice request={request} viewerId={viewerId} />}
      {requestedDuration && !isApprover && (
        <DurationField
          key={String(draft.isRestored)}
          label={t('decide.duration')}
          description={t('decide.durationHint', { duration: format.duration(requestedDuration) })}
          options={[requestedDuration, ...shorter]}
          wordsOf={(option) =>
            option === requestedDuration
              ? t('decide.asRequested', { duration: format.duration(option) })
              : format.duration(option)
          }
          {...field('duration')}
          canCustomise
        />
      )}
      <Textarea
        data-autofocus
        label={`${isApprover ? t('decide.reason') : t('decide.message')} (${t('common:optional')})`}
        description={isApprover ? t('acting.reasonHint') : undefined}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={4000}
        {...field('message')}
      />
      {isLost && <DecidedMeanwhile request={latest} />}
      <DialogProblem problem={problem} fields={isApprover ? ['reason'] : ['duration', 'message']} />
    </DialogFrame>
  )
}
