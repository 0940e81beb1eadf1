import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { type KeyHeaders, useIdempotencyKey } from '../api/idempotency.ts'
import { type ApiProblem, toProblem } from '../api/problem.ts'
import type { paths } from '../api/schema.d.ts'

/** When an answer of 202 left the outcome open, the call is repeated with the same key after these pauses. */
const pausesMs = [700, 1500, 3000]

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

interface Answer<Data> {
  data?: Data | undefined
  response: Response
}

interface CommandOptions<Body, Data> {
  /** The call itself. `headers` carry the key of this attempt, for routes that take one. */
  send: (body: Body, headers: KeyHeaders) => Promise<Answer<Data>>
  /** Called once it went well; the command is busy until this is over. */
  onDone?: (data: Data, response: Response, body: Body) => void | Promise<void>
  onRefused?: (problem: ApiProblem) => unknown
  /** What is read again after the answer. Also after a refusal: somebody else may have changed it. */
  rereads?: readonly (keyof paths)[]
  /** An answer of 202 means that the outcome is not known yet, and the call is repeated to learn it. */
  awaitsOutcome?: boolean
}

export interface Command<Body> {
  isBusy: boolean
  /** Why the last attempt was refused, or that nobody answered. */
  problem: ApiProblem | undefined
  /** Does nothing while an earlier run is under way. Never throws: see `problem`. */
  run: (body: Body) => Promise<void>
}

/**
 * One write of a form or dialog. Pressing again after a lost answer never does it twice: the idempotency key belongs
 * to the intent, which begins when the component is mounted or the body changes, and ends with a final answer.
 */
export function useCommand<Data, Body = void>(options: CommandOptions<Body, Data>): Command<Body> {
  const { send, onDone, onRefused, rereads = [], awaitsOutcome = false } = options
  const key = useIdempotencyKey()
  const queries = useQueryClient()
  const isRunning = useRef(false)

  async function attempt(body: Body): Promise<Answer<Data>> {
    const headers = key.headersFor(body)
    try {
      let answer = await send(body, headers)
      for (const milliseconds of awaitsOutcome ? pausesMs : []) {
        if (answer.response.status !== 202) break
        await pause(milliseconds)
        answer = await send(body, headers)
      }
      key.settle()
      return answer
    } catch (error) {
      const problem = toProblem(error)
      key.settle(problem)
      throw problem
    }
  }

  const { mutateAsync, isPending, error } = useMutation<Answer<Data>, ApiProblem, Body>({
    mutationFn: attempt,
    onSuccess: ({ data, response }, body) => onDone?.(data as Data, response, body),
    onError: (problem) => onRefused?.(problem),
    onSettled: () => {
      for (const path of rereads) void queries.invalidateQueries({ queryKey: ['get', path] })
    },
  })

  async function run(body: Body): Promise<void> {
    // React shows `isBusy` a moment later: a second click must not slip in between.
    if (isRunning.current) return
    isRunning.current = true
    await mutateAsync(body).catch(() => undefined)
    isRunning.current = false
  }

  return { isBusy: isPending, problem: error ?? undefined, run }
}
