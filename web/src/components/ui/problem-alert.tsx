import { Alert } from '@mantine/core'
import type { ApiProblem } from '../../api/problem.ts'
import { useProblemText } from '../../lib/use-problem-text.ts'
import { Icon } from './icon.tsx'

/** Why a write was refused. */
export function ProblemAlert({ problem }: { problem: ApiProblem | undefined }) {
  const textOf = useProblemText()
  if (!problem) return null
  return (
    <Alert color="red" icon={<Icon name="alert" />}>
      {textOf(problem)}
    </Alert>
  )
}
