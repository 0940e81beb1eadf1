import { Alert } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import type { ApiProblem } from '../../api/problem.ts'
import { focusFirstWrong } from '../../lib/focus-first-wrong.ts'
import { useProblemText } from '../../lib/use-problem-text.ts'
import { Icon } from './icon.tsx'

interface ProblemAlertProps {
  problem: ApiProblem | undefined
  /** Fields of this form that show what is wrong with them. */
  fields?: readonly string[]
}

/** Why a write was refused. */
export function ProblemAlert({ problem, fields }: ProblemAlertProps) {
  const textOf = useProblemText()
  return (
    <UnlessSaidAt problem={problem} fields={fields}>
      {(shown) => (
        <Alert color="red" icon={<Icon name="alert" />}>
          {textOf(shown)}
        </Alert>
      )}
    </UnlessSaidAt>
  )
}

interface UnlessSaidAtProps {
  problem: ApiProblem | undefined
  fields?: readonly string[] | undefined
  children: (problem: ApiProblem) => ReactNode
}

/** Says what no field says; when fields say everything, leads to the first of them instead. */
export function UnlessSaidAt({ problem, fields = [], children }: UnlessSaidAtProps) {
  const place = useRef<HTMLSpanElement>(null)
  const isSaid = problem?.isSaidAt(fields) ?? false
  useEffect(() => {
    if (problem && isSaid) focusFirstWrong(place.current?.closest('form'))
  }, [problem, isSaid])
  if (!problem) return null
  return isSaid ? <span ref={place} hidden /> : children(problem)
}
