/** What the clients know: for each request what was asked, tried and answered. */
import type { Answer, Attempt } from './caller.ts'

export type Decision = 'grant' | 'deny'

/** Directory: access is membership only · webhook: another system gives it · timed: it ends by itself. */
export type FlowKind = 'directory' | 'webhook' | 'timed'

export interface Flow {
  id: string
  groupId: string
  kind: FlowKind
}

/** What an administrator was told in the end. `by` of `lost` is the id of who was first; `otherwise` is what fits neither. */
export type Told =
  | { how: 'won' }
  | { how: 'lost'; status: string; by: string | null }
  | { how: 'otherwise'; status: number; said: string }

/** One of the two administrators at a request. */
export interface Side {
  decision: Decision
  by: string
  attempts: Attempt[]
  /** Null: no final answer. */
  told: Told | null
  /** What the same call under the same key was told once more; null when it was not asked again. */
  toldAgain: Told | null
}

export interface Entry {
  number: number
  requesterId: string
  flow: Flow
  duration: string | null
  attempts: Attempt[]
  /** Every id that an answer to the submission named: one, if all is well. */
  ids: string[]
  /** The final answer to the submission, unless it was 201. */
  refusal: string | null
  sides: [Side, Side]
}

const outcomes = { grant: 'approved', deny: 'denied' } as const

/** The status a request ends in when this decision wins. */
export function outcomeOf(decision: Decision): 'approved' | 'denied' {
  return outcomes[decision]
}

/** What a final answer to a decision tells. A success that shows another status is none. */
export function toldBy(decision: Decision, { status, body }: Answer): Told {
  const { status: shown, current, code, decidedBy } = body as Record<string, unknown> & { decidedBy?: { id: string } }
  if (status === 200 && shown === outcomeOf(decision)) return { how: 'won' }
  if (status === 409 && code === 'request_closed')
    return { how: 'lost', status: String(current), by: decidedBy?.id ?? null }
  return { how: 'otherwise', status, said: `${status} ${String(code ?? shown)}` }
}

/** The id its submission was answered with; empty when it never was. */
export function idOf({ ids }: Entry): string {
  return ids[0] ?? ''
}

/** True when nobody waits for an answer any more. */
export function isDone({ refusal, sides }: Entry): boolean {
  return refusal !== null || sides.every(({ told }) => told !== null)
}
