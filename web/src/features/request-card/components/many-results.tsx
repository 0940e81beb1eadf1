import { Button, Group, List, Text, ThemeIcon } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../../api/problem.ts'
import type { BulkResult, RequestSummary } from '../../../api/types.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { StatusBadge } from '../../../components/ui/request-status.tsx'
import { useBatch } from '../../../lib/use-batch.ts'
import { useProblemText } from '../../../lib/use-problem-text.ts'
import type { ManyDecisions } from '../many-decisions.ts'
import { DialogProblem } from './dialog-problem.tsx'

interface ManyResultsProps<Terms> {
  results: BulkResult[]
  requests: readonly RequestSummary[]
  isDenial: boolean
  decisions: ManyDecisions<Terms>
  /** Nothing more is sent: what has no result was left alone. Before that its answer may have been lost. */
  isOver: boolean
  terms: Terms
  onRetried: (result: BulkResult) => void
}

/** What became of each request: its status now, or why nothing happened. */
export function ManyResults<Terms>(props: ManyResultsProps<Terms>) {
  const { results, requests, isOver, isDenial, ...retry } = props
  const { t } = useTranslation('requests')
  const countOf = (end: (typeof ends)[number]) => results.filter((result) => endOf(result) === end).length
  const [failed, unknown] = [countOf('failed'), countOf('unknown')]
  const parts = [
    t(isDenial ? 'bulk.denied' : 'bulk.approved', { count: countOf('done') }),
    failed > 0 && t('bulk.notDone', { count: failed }),
    unknown > 0 && t('bulk.underWay', { count: unknown }),
  ]
  const worstFirst = results.toSorted((a, b) => ends.indexOf(endOf(a)) - ends.indexOf(endOf(b)))
  const left = isOver ? requests.length - results.length : 0
  return (
    <div role="status">
      <Text fw={600} mb="sm">
        {parts.filter(Boolean).join(', ')}
        {left > 0 && `. ${t('bulk.left', { count: left })}`}
      </Text>
      <List spacing="sm" listStyleType="none" aria-label={t('bulk.results')}>
        {worstFirst.map((result) => (
          <List.Item key={result.id} icon={<ResultIcon result={result} />}>
            <Result result={result} request={requests.find(({ id }) => id === result.id)} />
            {isOver && canRetry(result) && <Retry id={result.id} {...retry} />}
          </List.Item>
        ))}
      </List>
    </div>
  )
}

const ends = ['failed', 'unknown', 'done'] as const

/** A grant that was decided but whose access could not be given has not succeeded. */
function endOf({ problem, outcome, status }: BulkResult): (typeof ends)[number] {
  return problem || status === 'error' ? 'failed' : (outcome ?? 'done')
}

/** What no second try can change. */
const final = new Set(['request_closed', 'own_request', 'four_eyes', 'not_found', 'already_granted', 'forbidden'])

const canRetry = (result: BulkResult) =>
  endOf(result) === 'failed' && !(result.problem && final.has(result.problem.code))

type RetryProps<Terms> = Pick<ManyResultsProps<Terms>, 'decisions' | 'terms' | 'onRetried'> & { id: string }

/** Carries out the decision once more on one request whose first try failed. */
function Retry<Terms>({ id, decisions, terms, onRetried }: RetryProps<Terms>) {
  const { t } = useTranslation('common')
  const { isBusy, problem, run } = useBatch({
    ...decisions,
    onDone: ([result]: BulkResult[]) => result && onRetried(result),
  })
  return (
    <>
      <Button mt={4} size="compact-xs" variant="default" loading={isBusy} onClick={() => void run([id], terms)}>
        {t('action.retry')}
      </Button>
      <DialogProblem problem={problem} />
    </>
  )
}

const looks = {
  done: { color: 'green', name: 'check' },
  unknown: { color: 'blue', name: 'clock' },
  failed: { color: 'red', name: 'alert' },
} as const

function ResultIcon({ result }: { result: BulkResult }) {
  const { color, name } = looks[endOf(result)]
  return (
    <ThemeIcon variant="light" size={26} radius="xl" color={color}>
      <Icon name={name} size={15} />
    </ThemeIcon>
  )
}

function Result({ result, request }: { result: BulkResult; request: RequestSummary | undefined }) {
  const { t } = useTranslation('requests')
  const textOf = useProblemText()
  return (
    <>
      <Group gap="xs">
        <span className="gh-break">
          {request
            ? t('details.requestOf', { flow: request.approvalFlow.name, name: request.requester.name })
            : result.id}
        </span>
        {result.status && <StatusBadge status={result.status} />}
      </Group>
      {result.outcome && (
        <Text size="sm" c="dimmed">
          {t('bulk.unknown')}
        </Text>
      )}
      {!result.problem && result.status === 'error' && (
        <Text size="sm" c="dimmed">
          {t('bulk.errored')}
        </Text>
      )}
      {result.problem && (
        <Text size="sm" c="dimmed">
          {t('bulk.failed')}: {textOf(new ApiProblem(result.problem))}
        </Text>
      )}
    </>
  )
}
