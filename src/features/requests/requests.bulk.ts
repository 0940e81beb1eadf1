/** Many decisions in one call: each has its own result, whatever becomes of the others. */
import pMap from 'p-map'
import type { Actor } from '../../domain/abilities.ts'
import type { RequestStatus } from '../../domain/request/record.ts'
import { refuseIfLost } from '../../domain/request/rules.ts'
import type { DomainError } from '../../domain/shared/errors.ts'
import { isFinalRefusal } from '../../platform/http/idempotent-call.ts'
import type { Problem } from '../../platform/http/problem.ts'
import { problemOf, toDomainError } from '../../platform/http/problem.ts'
import type { Caller, RouteDefinition } from '../../platform/http/route.ts'
import { ok, route } from '../../platform/http/route.ts'
import type { RequestCommands } from './requests.commands.ts'
import type { QueueEntry } from './requests.presenter.ts'
import { bulkBody, bulkResults } from './requests.schemas.ts'

/** Who decides, and how they signed in. */
export type Deciding = { actor: Actor; caller: Caller | null }

export interface BulkDeps {
  commands: Pick<RequestCommands, 'override'>
  /** @throws DomainError `not_found` */
  load: (id: string, actor: Actor) => Promise<QueueEntry>
  /** @returns the status of a request that the caller may decide as an administrator. @throws DomainError as it may not */
  mayOverride: (id: string, call: Deciding) => Promise<RequestStatus>
  /** How long a caller waits for all the outcomes together, in milliseconds. */
  deadlineMs: number
}

interface BulkResult {
  id: string
  status: RequestStatus | null
  outcome?: 'unknown'
  problem?: Problem
}

interface Decided {
  result: BulkResult
  /** False when a repetition may fare better. */
  isFinal: boolean
}

const decisionsAtOnce = 5
/** For what comes before and after the decisions, in milliseconds. */
const slackMs = 15_000

function unknown(id: string, status: RequestStatus): Decided {
  return { result: { id, status, outcome: 'unknown' }, isFinal: false }
}

function refused(id: string, refusal: DomainError): Decided {
  const problem = problemOf(refusal)
  const status = (problem.current as RequestStatus | undefined) ?? null
  return { result: { id, status, problem }, isFinal: isFinalRefusal(refusal) }
}

/** Repeating a call under its key asks only for what is missing: each decision has an operation id of its own. */
export function bulkRoute({ commands, load, mayOverride, deadlineMs }: BulkDeps): RouteDefinition {
  return route({
    method: 'post',
    path: '/access-requests/bulk',
    summary: 'Grant or deny many, with a result for each',
    tag: 'Access requests',
    ability: 'request.override',
    body: bulkBody,
    fresh: ({ action }) => action === 'grant',
    responses: { 200: { description: 'A result for each id, in order', schema: bulkResults } },
    limitMs: deadlineMs + slackMs,
    handler: async ({ body: { action, ids, ...fields }, actor, caller, origin, operationId }) => {
      const end = Date.now() + deadlineMs
      const message = { ...fields, by: actor.id, decision: action, origin }
      const decideOne = async (id: string): Promise<Decided> => {
        try {
          const status = await mayOverride(id, { actor, caller })
          if (Date.now() >= end) return unknown(id, status)
          const { isKnown } = await commands.override(id, message, `${operationId}:${id}`, end)
          const { request } = await load(id, actor)
          if (action === 'grant') refuseIfLost(request)
          if (!isKnown || request.provisioning) return unknown(id, request.status)
          return { result: { id, status: request.status }, isFinal: true }
        } catch (error) {
          return refused(id, toDomainError(error))
        }
      }
      const decided = await pMap(new Set(ids), decideOne, { concurrency: decisionsAtOnce })
      const results = decided.map(({ result }) => result)
      return { ...ok({ results }), final: decided.every(({ isFinal }) => isFinal) }
    },
  })
}
