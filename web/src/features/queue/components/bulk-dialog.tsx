import { List, Text, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { WorkProgress } from '../../../components/ui/work-progress.tsx'
import { useForm } from '../../../lib/use-form.ts'
import { DialogProblem } from '../../request-card/components/dialog-problem.tsx'
import { useBulk } from '../api/use-bulk.ts'
import { BulkResults } from './bulk-results.tsx'
import { DenyFields, denialBody, denialFields, emptyDenial, useDenialCheck } from './deny-fields.tsx'
import type { DecisionAction } from './request-details.tsx'

const emptyDraft = { ...emptyDenial, message: '' }

interface BulkDialogProps {
  action: DecisionAction
  requests: AccessRequest[]
  onClose: () => void
  /** The requests that were decided need no longer be selected. */
  onDone: (decidedIds: string[]) => void
}

/** One decision for many requests, and what became of each. */
export function BulkDialog({ action, requests, onClose, onDone }: BulkDialogProps) {
  const { t } = useTranslation(['requests', 'common'])
  const { isBusy, isOver, problem, results, run, stop } = useBulk()
  const count = requests.length
  const isDeny = action === 'deny'
  const progress = { done: results.length, total: count }

  const checkDenial = useDenialCheck()
  const { field, submit } = useForm({
    initial: emptyDraft,
    check: (draft) => (isDeny ? checkDenial(draft) : {}),
    problem,
  })

  function decide({ message, ...denial }: typeof emptyDraft): void {
    const texts = isDeny ? denialBody(denial) : { ...(message.trim() && { message }) }
    void run(
      requests.map(({ id }) => id),
      { action, ...texts },
    )
  }

  function close(): void {
    onDone(results.filter(({ problem: refusal }) => !refusal).map(({ id }) => id))
    onClose()
  }

  return (
    <DialogFrame
      title={isOver ? t('bulk.results') : isDeny ? t('decide.denyMany', { count }) : t('decide.grantMany', { count })}
      submitLabel={isDeny ? t('decide.deny') : t('decide.grant')}
      isDangerous={isDeny}
      isBusy={isBusy}
      isOver={isOver}
      onSubmit={() => submit(decide)}
      onClose={close}
      onStop={stop}
    >
      {isBusy && <WorkProgress {...progress} words={t('bulk.working', progress)} />}
      {results.length > 0 && <DialogProblem problem={problem} />}
      {results.length > 0 && !isBusy && <BulkResults {...{ results, requests, isOver }} />}
      {results.length === 0 && !isBusy && (
        <>
          <Named requests={requests} />
          {requests.some(({ queue }) => queue === 'others') && <Text size="sm">{t('decide.overridesMany')}</Text>}
          {isDeny ? (
            <DenyFields field={field} />
          ) : (
            <Textarea
              label={`${t('decide.message')} (${t('common:optional')})`}
              autosize
              minRows={2}
              maxRows={8}
              maxLength={4000}
              {...field('message')}
            />
          )}
          <DialogProblem problem={problem} fields={isDeny ? denialFields : ['message']} />
        </>
      )}
    </DialogFrame>
  )
}

const mostNamed = 5

/** Whose requests they are, as far as that can be read at a glance. */
function Named({ requests }: { requests: AccessRequest[] }) {
  const { t } = useTranslation('requests')
  const more = requests.length - mostNamed
  return (
    <List size="sm" className="gh-break">
      {requests.slice(0, mostNamed).map(({ id, approvalFlow, requester }) => (
        <List.Item key={id}>{t('details.requestOf', { flow: approvalFlow.name, name: requester.name })}</List.Item>
      ))}
      {more > 0 && <List.Item>{t('bulk.more', { count: more })}</List.Item>}
    </List>
  )
}
