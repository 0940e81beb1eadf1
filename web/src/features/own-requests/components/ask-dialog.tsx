import { Alert, Text, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import type { ApiProblem } from '../../../api/problem.ts'
import type { components } from '../../../api/schema.d.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { DurationField } from '../../../components/ui/duration-field.tsx'
import { UnlessSaidAt } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useForm } from '../../../lib/use-form.ts'
import { useProblemText } from '../../../lib/use-problem-text.ts'
import { useShowOwnRequest } from '../../request-card/api/use-own-request.ts'

type Schemas = components['schemas']

interface AskDialogProps {
  entry: Schemas['CatalogDetails']
  /** Who must approve, in words. */
  approvers: string
  onClose: () => void
  onSent: (requestId: string) => void
}

const closing = ['already_requested', 'already_granted', 'flow_closed', 'not_found']

/** Asks for one flow: why, and for how long where the flow gives timed access. */
export function AskDialog({ entry, approvers, onClose, onSent }: AskDialogProps) {
  const { t } = useTranslation('asking')
  const show = useShowOwnRequest()
  const words = { flow: entry.name }
  const { isBusy, problem, run } = useCommand({
    send: (body: Schemas['SubmitAccessRequest'], headers) => client.POST('/access-requests', { body, headers }),
    awaitsOutcome: true,
    onDone(request, { status }) {
      show(request)
      if (status === 202) showToast('info', t('kept', words))
      else showToast('success', request.status === 'approved' ? t('given', words) : t('sent', words))
      onSent(request.id)
    },
  })
  const isOff = !entry.requestsEnabled
  const isPending = entry.access === 'pending'
  const isHeld = entry.access === 'granted' && (entry.requestId === null || entry.durations.length === 0)

  const { field, submit } = useForm({
    initial: { reason: '', requestedDuration: entry.durations[0] ?? '' },
    check: ({ reason }) => ({ reason: reason.trim() ? undefined : t('reasonMissing') }),
    problem,
  })

  const ask = ({ reason, requestedDuration }: { reason: string; requestedDuration: string }) =>
    run({ approvalFlowId: entry.id, reason, ...(requestedDuration && { requestedDuration }) })

  return (
    <DialogFrame
      title={t('askTitle', words)}
      submitLabel={t('submit')}
      isBusy={isBusy}
      isOver={isOff || isPending || isHeld || (problem !== undefined && closing.includes(problem.code))}
      onSubmit={() => submit(ask)}
      onClose={onClose}
    >
      <Text c="dimmed">{entry.description}</Text>
      {isPending && <Text>{t('alreadyPending')}</Text>}
      {isHeld && <Text>{t('alreadyGranted')}</Text>}
      {isOff && <Text>{t('switchedOff')}</Text>}
      {!isOff && !isPending && !isHeld && (
        <>
          <Text size="sm">
            {t('approvers')}: {approvers}
          </Text>
          <Textarea
            data-autofocus
            required
            autosize
            minRows={3}
            maxRows={8}
            maxLength={4000}
            label={t('reason')}
            description={t('reasonHint')}
            {...field('reason')}
          />
          {entry.durations.length > 0 ? (
            <DurationField label={t('duration')} options={entry.durations} {...field('requestedDuration')} />
          ) : (
            <Text size="sm" c="dimmed">
              {t('noDuration')}
            </Text>
          )}
        </>
      )}
      <UnlessSaidAt problem={problem} fields={['reason', 'requestedDuration']}>
        {(shown) => <AskProblem problem={shown} />}
      </UnlessSaidAt>
    </DialogFrame>
  )
}

function AskProblem({ problem }: { problem: ApiProblem }) {
  const { t } = useTranslation('asking')
  const textOf = useProblemText()
  const isUnanswered = problem.status === 0 || problem.status >= 500
  return <Alert color="red">{isUnanswered ? t('unreachable') : textOf(problem)}</Alert>
}
