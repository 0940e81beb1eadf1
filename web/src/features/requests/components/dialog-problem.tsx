import { Alert } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '../../../api/problem.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { useProblemText } from '../../../lib/use-problem-text.ts'
import { statuses } from '../queue-search.ts'

/** Why a decision was not made; a lost race names the winner. */
export function DialogProblem({ problem }: { problem: ApiProblem | undefined }) {
  const { t } = useTranslation('requests')
  if (!problem) return null
  const isLost = problem.code === 'request_closed'
  return (
    <Alert
      color={isLost ? 'orange' : 'red'}
      icon={<Icon name={isLost ? 'users' : 'alert'} />}
      title={isLost ? t('decide.lostTitle') : undefined}
    >
      <ProblemText problem={problem} />
    </Alert>
  )
}

function ProblemText({ problem }: { problem: ApiProblem }) {
  const { t } = useTranslation('requests')
  const textOf = useProblemText()
  if (problem.status === 0 || problem.status >= 500) return t('decide.unreachable')
  if (problem.code !== 'request_closed') return textOf(problem)
  const { current, decidedBy } = problem.problem
  const known = statuses.find((status) => status === current)
  const status = known ? t(`status.${known}`) : ''
  const by = decidedBy as { name: string } | null | undefined
  return by ? t('decide.lostBy', { name: by.name, status }) : t('decide.lost', { status })
}
