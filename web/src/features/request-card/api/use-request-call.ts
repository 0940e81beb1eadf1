import { useState } from 'react'
import { useIdempotencyKey } from '../../../api/idempotency.ts'
import { type ApiProblem, toProblem } from '../../../api/problem.ts'
import type { AccessRequest } from '../../../api/types.ts'

/** An answer of 202 is asked again with the same key after these pauses. */
const pausesMs = [700, 1500, 3000]

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

type Send<Body> = (
  body: Body,
  headers: { 'Idempotency-Key': string },
) => Promise<{ data?: AccessRequest; response: Response }>

interface RequestCall<Body> {
  isBusy: boolean
  problem: ApiProblem | undefined
  call: (body: Body) => Promise<void>
}

interface RequestCallOptions<Body> {
  send: Send<Body>
  /** Gets the request as it is now, and whether the outcome is known yet. */
  onDone: (request: AccessRequest, isKnown: boolean) => void
  /** Somebody else was faster, or the request is over. */
  onConflict?: () => void
}

/** One write about a request, made in a dialog: busy, refused, or done. Pressing again never does it twice. */
export function useRequestCall<Body>({ send, onDone, onConflict }: RequestCallOptions<Body>): RequestCall<Body> {
  const key = useIdempotencyKey()
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()

  async function call(body: Body): Promise<void> {
    setIsBusy(true)
    setProblem(undefined)
    try {
      const headers = key.headersFor(body)
      let answer = await send(body, headers)
      for (const milliseconds of pausesMs) {
        if (answer.response.status !== 202) break
        await pause(milliseconds)
        answer = await send(body, headers)
      }
      key.settle()
      onDone(answer.data as AccessRequest, answer.response.status !== 202)
    } catch (error) {
      const refusal = toProblem(error)
      key.settle(refusal)
      setProblem(refusal)
      if (refusal.status === 409) onConflict?.()
    } finally {
      setIsBusy(false)
    }
  }

  return { isBusy, problem, call }
}
