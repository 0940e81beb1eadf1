import { Alert, Text, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { addDuration } from '../../../../../src/domain/shared/duration.ts'
import { client } from '../../../api/client.ts'
import type { ApiProblem } from '../../../api/problem.ts'
import type { components } from '../../../api/schema.d.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { DurationField } from '../../../components/ui/duration-field.tsx'
import { UnlessSaidAt } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useForm } from '../../../lib/use-form.ts'
import { useFormat } from '../../../lib/use-format.ts'
import { useNow } from '../../../lib/use-now.ts'
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
      draft.forget()
      show(request)
      if (status === 202) showToast('info', t('kept', words))
      else showToast('success', request.status === 'approved' ? t('given', words) : t('sent', words))
      onSent(request.id)
    },
  })
  const { until } = entry
  const { now, durations, obstacle } = useOffer(entry)
  const first = durations[0] ?? ''
  const { field, submit, values, draft } = useForm({
    initial: { reason: '', requestedDuration: first },
    check: ({ reason }) => ({ reason: reason.trim() ? undefined : t('reasonMissing') }),
    problem,
    draft: {
      name: `ask.${entry.id}`,
      // What could be chosen then may not be on offer now.
      take: ({ reason, requestedDuration: chosen }) => ({
        reason,
        requestedDuration: durations.includes(chosen) ? chosen : first,
      }),
    },
  })

  const ask = ({ reason, requestedDuration }: { reason: string; requestedDuration: string }) =>
    run({ approvalFlowId: entry.id, reason, ...(requestedDuration && { requestedDuration }) })

  return (
    <DialogFrame
      title={t(until ? 'extendTitle' : 'askTitle', words)}
      submitLabel={t('submit')}
      draft={draft}
      isBusy={isBusy}
      isOver={obstacle !== undefined || (problem !== undefined && closing.includes(problem.code))}
      onSubmit={() => submit(ask)}
      onClose={onClose}
    >
      <Text c="dimmed">{entry.description}</Text>
      {obstacle && <Text>{obstacle}</Text>}
      {!obstacle && (
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
          {durations.length > 0 ? (
            <DurationField label={t('duration')} options={durations} {...field('requestedDuration')} />
          ) : (
            <Text size="sm" c="dimmed">
              {t('noDuration')}
            </Text>
          )}
          {until && <NewEnd from={until} to={values.requestedDuration && addDuration(now, values.requestedDuration)} />}
        </>
      )}
      <UnlessSaidAt problem={problem} fields={['reason', 'requestedDuration']}>
        {(shown) => <AskProblem problem={shown} />}
      </UnlessSaidAt>
    </DialogFrame>
  )
}

/** What can be asked for now: durations that let access last longer, or why nothing can. */
function useOffer({ requestsEnabled, access, until, durations: allowed }: AskDialogProps['entry']) {
  const { t } = useTranslation('asking')
  const format = useFormat()
  const now = new Date(useNow()).toISOString()
  const durations = allowed.filter((duration) => !until || addDuration(now, duration) > until)
  const obstacle = () => {
    if (!requestsEnabled) return t('switchedOff')
    if (access === 'pending') return t('alreadyPending')
    if (access === 'granted' && !until) return t('alreadyGranted')
    // A flow without durations gives access without an end, which is longer than any that ends.
    if (until && allowed.length > 0 && durations.length === 0) return t('tooEarly', { date: format.dateTime(until) })
    return undefined
  }
  return { now, durations, obstacle: obstacle() }
}

/** The end of now, and the one that an approval of this moment would bring; empty is none. */
function NewEnd({ from, to }: { from: string; to: string }) {
  const { t } = useTranslation('asking')
  const format = useFormat()
  return (
    <dl className="gh-facts">
      <dt>{t('presentEnd')}</dt>
      <dd>{format.dateTime(from)}</dd>
      <dt>{t('newEnd')}</dt>
      <dd>{to ? format.dateTime(to) : t('noEnd')}</dd>
    </dl>
  )
}

function AskProblem({ problem }: { problem: ApiProblem }) {
  const { t } = useTranslation('asking')
  const textOf = useProblemText()
  const isUnanswered = problem.status === 0 || problem.status >= 500
  return <Alert color="red">{isUnanswered ? t('unreachable') : textOf(problem)}</Alert>
}
