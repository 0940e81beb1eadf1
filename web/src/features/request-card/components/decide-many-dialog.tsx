import { List, Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BulkResult, RequestSummary } from '../../../api/types.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { WorkProgress } from '../../../components/ui/work-progress.tsx'
import { useBatch } from '../../../lib/use-batch.ts'
import { useForm } from '../../../lib/use-form.ts'
import type { ManyDecisions } from '../many-decisions.ts'
import { DenyFields, denialFields, emptyDenial, useDenialCheck } from './deny-fields.tsx'
import { DialogProblem } from './dialog-problem.tsx'
import { ManyResults } from './many-results.tsx'

const empty = { ...emptyDenial, message: '' }

interface DecideManyDialogProps<Terms> {
  isDenial: boolean
  requests: readonly RequestSummary[]
  /** How they are sent. */
  decisions: ManyDecisions<Terms>
  /** What is sent with each, made of what was typed. */
  termsOf: (typed: typeof empty) => Terms
  words: { title: string; submit: string; message: string; messageHint?: string }
  /** A denial has internal notes. */
  hasNotes: boolean
  /** What is to be known before. */
  note?: ReactNode
  onClose: () => void
  /** The requests that were decided need no longer be selected. */
  onDone: (decidedIds: string[]) => void
}

/** One decision for many requests, and what became of each. */
export function DecideManyDialog<Terms>(props: DecideManyDialogProps<Terms>) {
  const { isDenial, requests, decisions, termsOf, words, hasNotes, note, onClose, onDone } = props
  const { t } = useTranslation(['requests', 'common'])
  const { isBusy, isOver, problem, results: first, run, stop } = useBatch(decisions)
  const [terms, setTerms] = useState<Terms>()
  const [retried, setRetried] = useState<ReadonlyMap<string, BulkResult>>(new Map())
  const results = first.map((result) => retried.get(result.id) ?? result)
  const progress = { done: results.length, total: requests.length }

  const checkDenial = useDenialCheck()
  const ids = requests.map(({ id }) => id)
  const { field, submit, draft } = useForm({
    initial: empty,
    check: (typed) => (isDenial ? checkDenial(typed) : {}),
    problem,
    // A reason that was written for some is not that for others.
    draft: { name: `${isDenial ? 'deny' : 'grant'}-many.${ids.toSorted().join()}` },
  })

  function decide(typed: typeof empty): void {
    const sent = termsOf(typed)
    setTerms(sent)
    void run(ids, sent)
  }

  function close(): void {
    onDone(results.filter(({ problem: refusal }) => !refusal).map(({ id }) => id))
    onClose()
  }

  return (
    <DialogFrame
      title={isOver ? t('bulk.results') : words.title}
      submitLabel={words.submit}
      isDangerous={isDenial}
      draft={draft}
      isBusy={isBusy}
      isOver={isOver}
      onSubmit={() => submit(decide)}
      onClose={close}
      onStop={stop}
    >
      {isBusy && <WorkProgress {...progress} words={t('bulk.working', progress)} />}
      {results.length > 0 && <DialogProblem problem={problem} />}
      {results.length > 0 && !isBusy && terms !== undefined && (
        <ManyResults
          {...{ results, requests, isOver, isDenial, decisions, terms }}
          onRetried={(result) => setRetried((known) => new Map(known).set(result.id, result))}
        />
      )}
      {results.length === 0 && !isBusy && (
        <>
          <Named requests={requests} />
          {note}
          {isDenial ? (
            <DenyFields field={field} hasNotes={hasNotes} />
          ) : (
            <Textarea
              label={`${words.message} (${t('common:optional')})`}
              description={words.messageHint}
              autosize
              minRows={2}
              maxRows={8}
              maxLength={4000}
              {...field('message')}
            />
          )}
          <DialogProblem problem={problem} fields={isDenial ? denialFields : ['message']} />
        </>
      )}
    </DialogFrame>
  )
}

const mostNamed = 5

/** Whose requests they are, as far as that can be read at a glance. */
function Named({ requests }: { requests: readonly RequestSummary[] }) {
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
