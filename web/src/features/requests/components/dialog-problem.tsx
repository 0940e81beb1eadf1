import { Alert } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '../../../api/problem.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { UnlessSaidAt } from '../../../components/ui/problem-alert.tsx'
import { useProblemText } from '../../../lib/use-problem-text.ts'
import { statuses } from '../queue-search.ts'

interface DialogProblemProps {
  problem: ApiProblem | undefined
  /** Fields of the dialog that show what is wrong with them. */
  fields?: readonly string[]
}

/** Why a decision was not made; a lost race names the winner. */
export function DialogProblem({ problem, fields }: DialogProblemProps) {
  return (
    <UnlessSaidAt problem={problem} fields={fields}>
      {(shown) => <Refusal problem={shown} />}
    </UnlessSaidAt>
  )
}

function Refusal({ problem }: { problem: ApiProblem }) {
  const { t } = useTranslation('requests')
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
