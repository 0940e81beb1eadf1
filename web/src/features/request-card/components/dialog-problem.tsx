import { Alert } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '../../../api/problem.ts'
import type { AccessRequest } from '../../../api/types.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { UnlessSaidAt } from '../../../components/ui/problem-alert.tsx'
import { statuses } from '../../../lib/request-statuses.ts'
import { useProblemText } from '../../../lib/use-problem-text.ts'

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
  if (problem.code === 'request_closed') {
    const { current, decidedBy } = problem.problem
    return <Lost status={current} by={decidedBy as { name: string } | null | undefined} />
  }
  return (
    <Alert color="red" icon={<Icon name="alert" />}>
      <ProblemText problem={problem} />
    </Alert>
  )
}

/** Somebody else decided while the dialog was open. */
export function DecidedMeanwhile({ request }: { request: AccessRequest }) {
  return <Lost status={request.status} by={request.decision?.by} />
}

function Lost({ status, by }: { status: string | undefined; by: { name: string } | null | undefined }) {
  const { t } = useTranslation('requests')
  const known = statuses.find((each) => each === status)
  const words = known ? t(`status.${known}`) : ''
  return (
    <Alert color="orange" icon={<Icon name="users" />} title={t('decide.lostTitle')}>
      {by ? t('decide.lostBy', { name: by.name, status: words }) : t('decide.lost', { status: words })}
    </Alert>
  )
}

function ProblemText({ problem }: { problem: ApiProblem }) {
  const { t } = useTranslation('requests')
  const textOf = useProblemText()
  if (problem.status === 0 || problem.status >= 500) return t('decide.unreachable')
  return textOf(problem)
}
