import { Group, List, Text, ThemeIcon } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../../api/problem.ts'
import type { AccessRequest, BulkResult } from '../../../api/types.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { StatusBadge } from '../../../components/ui/request-status.tsx'
import { useProblemText } from '../../../lib/use-problem-text.ts'

interface BulkResultsProps {
  results: BulkResult[]
  requests: AccessRequest[]
  /** Nothing more is sent: what has no result was left alone. Before that its answer may have been lost. */
  isOver: boolean
}

/** What became of each request: its status now, or why nothing happened. */
export function BulkResults({ results, requests, isOver }: BulkResultsProps) {
  const { t } = useTranslation('requests')
  const done = results.filter((result) => endOf(result) === 'done').length
  const worstFirst = results.toSorted((a, b) => ends.indexOf(endOf(a)) - ends.indexOf(endOf(b)))
  const left = isOver ? requests.length - results.length : 0
  return (
    <div role="status">
      <Text fw={600} mb="sm">
        {t('bulk.done', { done, total: requests.length })}
        {left > 0 && `. ${t('bulk.left', { count: left })}`}
      </Text>
      <List spacing="sm" listStyleType="none" aria-label={t('bulk.results')}>
        {worstFirst.map((result) => (
          <List.Item key={result.id} icon={<ResultIcon result={result} />}>
            <Result result={result} request={requests.find(({ id }) => id === result.id)} />
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

function Result({ result, request }: { result: BulkResult; request: AccessRequest | undefined }) {
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
