import { Text, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import type { components } from '../../../api/schema.d.ts'
import type { AccessRequest } from '../../../api/types.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useForm } from '../../../lib/use-form.ts'
import { useReadAgain, useShowOwnRequest } from '../../request-card/api/use-own-request.ts'
import { DialogProblem } from '../../request-card/components/dialog-problem.tsx'

export type Verdict = components['schemas']['DecideAccessRequest']['decision']

interface ApprovalDialogProps {
  request: AccessRequest
  verdict: Verdict
  onClose: () => void
}

const empty = { reason: '', nextSteps: '' }
const closing = ['request_closed', 'already_decided', 'not_an_approver']

/** An assigned approver's decision: a reason is optional to approve, and required to deny. */
export function ApprovalDialog({ request, verdict, onClose }: ApprovalDialogProps) {
  const { t } = useTranslation(['approvals', 'requests', 'common'])
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

  const { field, submit } = useForm({
    initial: empty,
    check: ({ reason }) => ({ reason: isDenial && !reason.trim() ? t('requests:decide.reasonMissing') : undefined }),
    problem,
  })

  const decide = ({ reason, nextSteps }: typeof empty) =>
    run({
      decision: verdict,
      ...(reason.trim() && { reason }),
      ...(isDenial && nextSteps.trim() && { nextSteps }),
    })

  const optional = ` (${t('common:optional')})`
  const texts = { autosize: true, minRows: 2, maxRows: 8, maxLength: 4000 }
  return (
    <DialogFrame
      title={isDenial ? t('denyTitle', words) : t('approveTitle', words)}
      submitLabel={isDenial ? t('deny') : t('approve')}
      isDangerous={isDenial}
      isBusy={isBusy}
      isOver={problem !== undefined && closing.includes(problem.code)}
      onSubmit={() => submit(decide)}
      onClose={onClose}
    >
      {!isDenial && <Text>{t('approveText')}</Text>}
      <Textarea
        {...texts}
        data-autofocus
        required={isDenial}
        label={t('requests:decide.reason') + (isDenial ? '' : optional)}
        description={isDenial ? t('requests:decide.reasonHint') : t('reasonShown')}
        {...field('reason')}
      />
      {isDenial && (
        <Textarea
          {...texts}
          label={t('requests:decide.nextSteps') + optional}
          description={t('requests:decide.nextStepsHint')}
          {...field('nextSteps')}
        />
      )}
      <DialogProblem problem={problem} fields={['reason', 'nextSteps']} />
    </DialogFrame>
  )
}
