/** One call from the wire to its answer: who, may they, what, once. */
import type { Request, Response } from 'express'
import { v7 as uuidv7 } from 'uuid'
import type { Actor } from '../domain/abilities.ts'
import { mayUse } from '../domain/abilities.ts'
import { DomainError } from '../domain/errors.ts'
import type { Idempotency, StoredReply } from '../idempotency/idempotency.ts'
import { parseInput, parseParams } from './parse.ts'
import { problemOf, toDomainError } from './problem.ts'
import type { Call, Caller, Reply, RouteDefinition } from './route.ts'

export interface CarryOutDeps {
  authenticate: (req: Request) => Promise<Caller | null>
  idempotency: Idempotency
}

const nobody: Actor = { id: '', name: '', email: '', roles: [] }

function refuseUnlessAllowed(definition: RouteDefinition, caller: Caller | null): void {
  const actor = caller?.actor ?? null
  if (mayUse(actor, definition.ability)) return
  if (!actor) throw new DomainError('unauthenticated', 'Sign in, or send an API token as a bearer token.')
  const needsScope = mayUse({ ...actor, scopes: undefined }, definition.ability)
  throw new DomainError(
    'forbidden',
    needsScope ? 'The API token has no scope for this.' : 'Only administrators may do this.',
  )
}

/** Writes of a browser session carry the token that only our own pages can read. */
function refuseForgery(definition: RouteDefinition, caller: Caller | null, req: Request): void {
  // Decoding changes nothing, and the Temporal UI that asks for it cannot know our token.
  const isReading = definition.method === 'get' || definition.ability === 'engine.decode'
  // Who signs in anew may still hold an old cookie; pages of other sites are refused before this.
  if (definition.ability === 'session.open') return
  if (isReading || caller?.via !== 'session') return
  if (req.headers['x-csrf-token'] !== caller.csrfToken) {
    throw new DomainError('csrf_token_invalid', 'Send the csrfToken of GET /me as X-CSRF-Token.')
  }
}

function idempotencyKey(definition: RouteDefinition, req: Request): string | null {
  const key = req.headers['idempotency-key']
  if (definition.method !== 'post' || key === undefined) return null
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new DomainError('invalid_input', 'Idempotency-Key: must be 1 to 200 visible ASCII characters', {
      errors: [{ path: 'Idempotency-Key', message: 'must be 1 to 200 visible ASCII characters' }],
    })
  }
  return key
}

function send(res: Response, reply: Pick<Reply, 'status' | 'body' | 'headers'>): void {
  for (const [name, value] of Object.entries(reply.headers ?? {})) res.setHeader(name, value)
  if (reply.body === undefined || reply.body === null) res.status(reply.status).end()
  else if (reply.status >= 400)
    res.status(reply.status).type('application/problem+json').send(JSON.stringify(reply.body))
  else res.status(reply.status).json(reply.body)
}

/** A refusal by the rules is an answer too, and the same key gets it again. */
const finalRefusals = new Set([403, 404, 409, 422])

async function once(
  run: (operationId: string) => Promise<Reply | null>,
  call: Parameters<Idempotency['begin']>[0],
  idempotency: Idempotency,
): Promise<Reply | null> {
  const operation = await idempotency.begin(call)
  if (operation.reply)
    return { ...operation.reply, headers: { ...operation.reply.headers, 'Idempotent-Replayed': 'true' } }
  const keep = (reply: StoredReply) => idempotency.finish(call, reply)
  try {
    const reply = await run(operation.operationId)
    if (reply && reply.final !== false)
      await keep({ status: reply.status, body: reply.body ?? null, headers: reply.headers ?? {} })
    return reply
  } catch (error) {
    const refusal = toDomainError(error)
    const problem = problemOf(refusal)
    if (finalRefusals.has(problem.status) && refusal.code !== 'decision_in_progress')
      await keep({ status: problem.status, body: problem, headers: {} })
    throw error
  }
}

/** Makes the Express handler of a route. Whatever it throws is answered by the error handler of the app. */
export function carryOut(definition: RouteDefinition, { authenticate, idempotency }: CarryOutDeps) {
  return async (req: Request, res: Response): Promise<void> => {
    const caller = await authenticate(req)
    refuseUnlessAllowed(definition, caller)
    refuseForgery(definition, caller, req)
    const key = idempotencyKey(definition, req)
    const params = parseParams(definition.params, req)
    const { query, body } = parseInput(definition, req)
    const run = (operationId: string) =>
      definition.handler({
        params,
        query,
        body,
        caller,
        actor: caller?.actor ?? nobody,
        origin: { clientIp: req.ip, userAgent: req.headers['user-agent']?.slice(0, 512) },
        operationId,
        req,
        res,
      } satisfies Call<unknown, unknown, unknown>)
    const reply =
      key && caller
        ? await once(
            run,
            { callerId: caller.actor.id, key, method: req.method, path: req.originalUrl, body: req.body },
            idempotency,
          )
        : await run(uuidv7())
    if (reply) send(res, reply)
  }
}
