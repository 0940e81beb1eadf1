/** What a check looks at: one request, with everything that is known of it. */
import type { EventRow, GrantRow, MailRow, Row } from './database.ts'
import type { Facts, Shown } from './facts.ts'
import { type Entry, idOf, outcomeOf, type Side } from './ledger.ts'
import type { WorkflowFacts } from './workflows.ts'

/**
 * Lost: something acknowledged is missing, or nobody was ever told how it ended · both: people were told what cannot
 * all be true · difference: two places of the service, or two answers to one call, disagree.
 */
export type FindingKind = 'lost' | 'both' | 'difference'

/** One thing that must not be. `isBroken` may say what it has seen instead of true. */
export interface Check {
  kind: FindingKind
  words: string
  isBroken: (one: Case) => boolean | string
}

export interface Case {
  entry: Entry
  /** The side that was told success, when it is exactly one. */
  winner: Side | null
  /** How many sides were told success. */
  winners: number
  /** The status that the winner was told; null when that cannot be said. */
  told: 'approved' | 'denied' | null
  row: Row | null
  /** How many rows its requester has for its flow. */
  rowsOfSame: number
  isApproved: boolean
  /** Approved, and the access has not ended. */
  hasAccess: boolean
  grants: GrantRow[]
  /** Status of the workflow that ends its grant. */
  grantWorkflow: string | null
  workflow: WorkflowFacts | null
  shown: Shown
  events: EventRow[]
  mails: MailRow[]
  isMember: boolean
  isMemberAtTarget: boolean
  /** Under how many ids the target was told to give this access. */
  additions: number
  /** Whether the mail server has taken this mail. */
  hasArrived: (mail: MailRow) => boolean
}

const check =
  (kind: FindingKind) =>
  (words: string, isBroken: Check['isBroken']): Check => ({ kind, words, isBroken })
export const lost = check('lost')
export const both = check('both')
export const difference = check('difference')

const orNull = <T>(map: Map<string, T>, id: string): T | null => map.get(id) ?? null
const listOf = <T>(map: Map<string, T[]>, id: string): T[] => map.get(id) ?? []

/** Looks up everything that is known of a request. */
export function caseOf(entry: Entry, facts: Facts): Case {
  const id = idOf(entry)
  const row = orNull(facts.rows, id)
  const grants = listOf(facts.grants, id)
  const isApproved = row?.status === 'approved'
  const member = `${entry.requesterId} ${entry.flow.groupId}`
  return {
    ...{ entry, row, isApproved, grants, ...successesOf(entry) },
    rowsOfSame: rowsLike(entry, facts),
    hasAccess: isApproved && !grants.some(({ endedAt }) => endedAt !== null),
    grantWorkflow: orNull(facts.grantWorkflows, grants[0]?.id ?? ''),
    workflow: orNull(facts.workflows, id),
    shown: facts.shown.get(id) ?? {},
    events: listOf(facts.events, id),
    mails: listOf(facts.mails, id),
    isMember: facts.members.has(member),
    isMemberAtTarget: facts.target.members.has(member),
    additions: facts.target.additions.get(id)?.size ?? 0,
    hasArrived: (mail) => facts.copies.has(mail.id),
  }
}

function successesOf({ sides }: Entry): Pick<Case, 'winner' | 'winners' | 'told'> {
  const successes = sides.filter(({ told }) => told?.how === 'won')
  const winner = successes.length === 1 ? (successes[0] ?? null) : null
  return { winner, winners: successes.length, told: winner && outcomeOf(winner.decision) }
}

function rowsLike({ requesterId, flow }: Entry, { rows }: Facts): number {
  return [...rows.values()].filter((row) => row.requesterId === requesterId && row.flowId === flow.id).length
}
