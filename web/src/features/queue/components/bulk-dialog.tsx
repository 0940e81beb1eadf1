import { List, Text, Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { WorkProgress } from '../../../components/ui/work-progress.tsx'
import { DialogProblem } from '../../request-card/components/dialog-problem.tsx'
import { useBulk } from '../api/use-bulk.ts'
import { BulkResults } from './bulk-results.tsx'
import { DenyFields, denialBody, denialFields, emptyDenial } from './deny-fields.tsx'
import type { DecisionAction } from './request-details.tsx'

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
  const [message, setMessage] = useState('')
  const [denial, setDenial] = useState(emptyDenial)
  const [isReasonMissing, setIsReasonMissing] = useState(false)
  const reason = useRef<HTMLTextAreaElement>(null)
  const { isBusy, isOver, problem, results, run, stop } = useBulk()
  const count = requests.length
  const isDeny = action === 'deny'
  const progress = { done: results.length, total: count }

  function submit(): void {
    const isMissing = isDeny && denial.reason.trim() === ''
    setIsReasonMissing(isMissing)
    if (isMissing) return reason.current?.focus()
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
      onSubmit={submit}
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
            <DenyFields
              value={denial}
              onChange={setDenial}
              isReasonMissing={isReasonMissing}
              problem={problem}
              reasonRef={reason}
            />
          ) : (
            <Textarea
              label={`${t('decide.message')} (${t('common:optional')})`}
              autosize
              minRows={2}
              maxRows={8}
              maxLength={4000}
              value={message}
              onChange={(event) => setMessage(event.currentTarget.value)}
            />
          )}
          <DialogProblem problem={problem} fields={isDeny ? denialFields : []} />
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
