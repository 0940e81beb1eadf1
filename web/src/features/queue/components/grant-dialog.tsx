import { Text, Textarea } from '@mantine/core'
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
import { OverrideNotice } from './override-notice.tsx'

/** The confirm screen of Grant Access (and of Retry Grant): duration when timed, and a message. */
export function GrantDialog({ request, onClose }: { request: AccessRequest; onClose: () => void }) {
  const { t } = useTranslation(['requests', 'common'])
  const format = useFormat()
  const { requester, approvalFlow, requestedDuration } = request
  const { isBusy, problem, run } = useDecision(request.id, (decided, isKnown) => {
    tell(decided, isKnown)
    onClose()
  })

  const latest = useLatest(request)
  const isLost = !isBusy && !problem && !latest.abilities.grant

  function tell(decided: AccessRequest, isKnown: boolean): void {
    const words = { name: requester.name, flow: approvalFlow.name }
    if (decided.status === 'approved') showToast('success', t('decide.granted', words))
    else if (decided.status === 'error' && isKnown)
      showToast('failure', t('decide.failed', { cause: decided.error?.message ?? '' }))
    else showToast('info', t('decide.underWay'))
  }

  const { field, submit } = useForm({
    initial: { duration: requestedDuration ?? '', message: '' },
    check: ({ duration }) => ({ duration: requestedDuration && !duration ? t('duration.wrong') : undefined }),
    problem,
  })

  function grant({ duration, message }: { duration: string; message: string }): void {
    const isShorter = requestedDuration !== null && duration !== requestedDuration
    void run({ action: 'grant', body: { ...(message.trim() && { message }), ...(isShorter && { duration }) } })
  }

  const shorter = presetDurations.filter(
    (preset) => requestedDuration && roughSeconds(preset) < roughSeconds(requestedDuration),
  )
  return (
    <DialogFrame
      title={t('decide.grantTitle', { flow: approvalFlow.name })}
      submitLabel={request.status === 'error' ? t('decide.retry') : t('decide.grant')}
      isBusy={isBusy}
      isOver={problem?.code === 'request_closed' || isLost}
      onSubmit={() => submit(grant)}
      onClose={onClose}
    >
      <Text>{t('decide.grantText', { name: requester.name })}</Text>
      <OverrideNotice request={request} />
      {requestedDuration && (
        <DurationField
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
        label={`${t('decide.message')} (${t('common:optional')})`}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={4000}
        {...field('message')}
      />
      {isLost && <DecidedMeanwhile request={latest} />}
      <DialogProblem problem={problem} fields={['duration', 'message']} />
    </DialogFrame>
  )
}
