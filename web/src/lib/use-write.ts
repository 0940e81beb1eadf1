import { useState } from 'react'
import { useIdempotencyKey } from '../api/idempotency.ts'
import { type ApiProblem, toProblem } from '../api/problem.ts'

interface Write {
  isBusy: boolean
  problem: ApiProblem | undefined
  /** `send` gets the headers of this body's attempt; what it throws becomes `problem`. Tells whether it went well. */
  write: (body: unknown, send: (headers: { 'Idempotency-Key': string }) => Promise<void>) => Promise<boolean>
}

/** One write of a form or dialog: its progress, and why it was refused. Mount it when the form opens. */
export function useWrite(): Write {
  const key = useIdempotencyKey()
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()

  const write: Write['write'] = async (body, send) => {
    setIsBusy(true)
    setProblem(undefined)
    try {
      await send(key.headersFor(body))
      key.settle()
      return true
    } catch (error) {
      const refusal = toProblem(error)
      key.settle(refusal)
      setProblem(refusal)
      return false
    } finally {
      setIsBusy(false)
    }
  }

  return { isBusy, problem, write }
}
