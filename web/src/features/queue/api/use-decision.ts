import { useState } from 'react'
import { client } from '../../../api/client.ts'
import { useIdempotencyKey } from '../../../api/idempotency.ts'
import { type ApiProblem, toProblem } from '../../../api/problem.ts'
import type { components } from '../../../api/schema.d.ts'
import type { AccessRequest } from '../../../api/types.ts'
import { useShowRequest } from './use-queue.ts'

type Schemas = components['schemas']
export type Decision =
  | { action: 'grant'; body: Schemas['GrantAccessRequest'] }
  | { action: 'deny'; body: Schemas['DenyAccessRequest'] }

/** An answer of 202 is asked again with the same key after these pauses; then the live view takes over. */
const pausesMs = [700, 1500, 3000]

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

async function send(
  id: string,
  { action, body }: Decision,
  headers: Record<string, string>,
): Promise<{ request: AccessRequest; isKnown: boolean }> {
  const params = { path: { id } }
  const { data, response } =
    action === 'grant'
      ? await client.POST('/access-requests/{id}/grant', { params, body, headers })
      : await client.POST('/access-requests/{id}/deny', { params, body, headers })
  return { request: data as AccessRequest, isKnown: response.status !== 202 }
}

interface DecisionCall {
  isBusy: boolean
  problem: ApiProblem | undefined
  decide: (decision: Decision) => Promise<void>
}

/** Carries out one decision of an administrator. `onDone` gets the request, and whether its outcome is known yet. */
export function useDecision(id: string, onDone: (request: AccessRequest, isKnown: boolean) => void): DecisionCall {
  const key = useIdempotencyKey()
  const show = useShowRequest()
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()

  async function decide(decision: Decision): Promise<void> {
    setIsBusy(true)
    setProblem(undefined)
    try {
      const headers = key.headersFor(decision.body)
      let answer = await send(id, decision, headers)
      for (const milliseconds of pausesMs) {
        if (answer.isKnown) break
        await pause(milliseconds)
        answer = await send(id, decision, headers)
      }
      key.settle()
      show(answer.request)
      onDone(answer.request, answer.isKnown)
    } catch (error) {
      const refusal = toProblem(error)
      key.settle(refusal)
      setProblem(refusal)
      if (refusal.status === 409) await showCurrent()
    } finally {
      setIsBusy(false)
    }
  }

  /** Who was faster is seen in the row behind the dialog as well. */
  async function showCurrent(): Promise<void> {
    const { data } = await client
      .GET('/access-requests/{id}', { params: { path: { id } } })
      .catch(() => ({ data: undefined }))
    if (data) show(data)
  }

  return { isBusy, problem, decide }
}
