import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useForm } from '../../../lib/use-form.ts'
import { DecidedMeanwhile, DialogProblem } from '../../request-card/components/dialog-problem.tsx'
import { useDecision } from '../api/use-decision.ts'
import { useLatest } from '../api/use-queue.ts'
import { type Denial, DenyFields, denialBody, denialFields, emptyDenial, useDenialCheck } from './deny-fields.tsx'
import { OverrideNotice } from './override-notice.tsx'

/** Deny Access: a reason is required; what only administrators read is labelled so. */
export function DenyDialog({ request, onClose }: { request: AccessRequest; onClose: () => void }) {
  const { t } = useTranslation('requests')
  const { isBusy, problem, run } = useDecision(request.id, (decided) => {
    const words = { name: request.requester.name, flow: request.approvalFlow.name }
    if (decided.status === 'denied') showToast('success', t('decide.denied', words))
    else showToast('info', t('decide.underWay'))
    onClose()
  })

  const latest = useLatest(request)
  const isLost = !isBusy && !problem && !latest.abilities.deny

  const { field, submit } = useForm({ initial: emptyDenial, check: useDenialCheck(), problem })
  const deny = (denial: Denial) => run({ action: 'deny', body: denialBody(denial) })

  return (
    <DialogFrame
      title={t('decide.denyTitle', { flow: request.approvalFlow.name })}
      submitLabel={t('decide.deny')}
      isDangerous
      isBusy={isBusy}
      isOver={problem?.code === 'request_closed' || isLost}
      onSubmit={() => submit(deny)}
      onClose={onClose}
    >
      <OverrideNotice request={request} />
      <DenyFields field={field} />
      {isLost && <DecidedMeanwhile request={latest} />}
      <DialogProblem problem={problem} fields={denialFields} />
    </DialogFrame>
  )
}
