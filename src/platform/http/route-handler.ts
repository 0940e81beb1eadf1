/** One call from the wire to its answer: who, may they, what, once. */
import type { Request, Response } from 'express'
import { v7 as uuidv7 } from 'uuid'
import { type Actor, abilities, mayUse, waitsForNewPassword } from '../../domain/abilities.ts'
import { type Operation } from '../../domain/operation.ts'
import { type Origin } from '../../domain/request/messages.ts'
import { DomainError, invalidInput } from '../../domain/shared/errors.ts'
import { fieldProblem } from '../../domain/shared/field-errors.ts'
import { outlasting, untilClosed } from '../db/reads.ts'
import { clientAddress } from '../net/client-address.ts'
import { readFile } from './body.ts'
import { asksForFreshSignIn, refuseUnlessFresh } from './fresh-sign-in.ts'
import type { Idempotency } from './idempotency.ts'
import { once } from './idempotent-call.ts'
import { parseInput, parseParams } from './parse.ts'
import { problemOf } from './problem.ts'
import { endProgress } from './progress.ts'
import { recordedPath } from './recorded-path.ts'
import type { Authenticate, Call, Caller, Reply, RouteDefinition } from './route.ts'
import { endWithRight } from './standing-right.ts'
import type { Limit, TimeLimits } from './time-limit.ts'
import { limitOf, noAnswerInTime, usualLimits, within } from './time-limit.ts'

export interface CarryOutDeps {
  authenticate: Authenticate
  idempotency: Idempotency
  /** Writes down that somebody who is known was refused; never fails. */
  recordRefusal?: (call: RefusedCall) => Promise<void>
  /** How long callers wait, for routes that do not say so themselves. */
  limits?: TimeLimits
}

/** A call of somebody who is known, and why it was refused. */
export interface RefusedCall extends Operation {
  method: string
  /** As the route has it: `/access-requests/{id}`. */
  route: string
  /** As it was called, without the query. */
  path: string
  refusal: DomainError
}

/** Whose session it is: a page that shows somebody else's name must not go on. */
const userHeader = 'X-Gatehouse-User'

const nobody: Actor = { id: '', name: '', email: '', roles: [] }

function refuseUnlessAllowed(definition: RouteDefinition, caller: Caller | null): void {
  const actor = caller?.actor ?? null
  if (mayUse(actor, definition.ability)) return
  if (!actor) throw new DomainError('unauthenticated', 'Sign in, or send an API token as a bearer token.')
  const needsScope = mayUse({ ...actor, scopes: undefined }, definition.ability)
  const { scope } = abilities[definition.ability]
  const refusal = scope === 'session' ? 'No API token may do this: sign in.' : 'The API token has no scope for this.'
  throw new DomainError('forbidden', needsScope ? refusal : 'Only administrators may do this.')
}

function refuseUntilPasswordIsChanged(definition: RouteDefinition, caller: Caller | null): void {
  if (!caller?.mustChangePassword || !waitsForNewPassword(definition.ability)) return
  throw new DomainError(
    'password_change_required',
    'Choose a password of your own first: POST /me/password with the current and a new one.',
  )
}

/** Who signs in anew may still hold an old cookie; pages of other sites are refused before this. */
const needsNoCsrfToken: readonly RouteDefinition['ability'][] = ['session.open', 'password.reset']

/** Writes of a browser session carry the token that only our own pages can read. */
function refuseForgery(definition: RouteDefinition, caller: Caller | null, req: Request): void {
  // Decoding changes nothing, and the Temporal UI that asks for it cannot know our token.
  const isReading = definition.method === 'get' || definition.ability === 'engine.decode'
  if (needsNoCsrfToken.includes(definition.ability)) return
  if (isReading || caller?.via !== 'session') return
  if (req.headers['x-csrf-token'] !== caller.csrfToken) {
    throw new DomainError('csrf_token_invalid', 'Send the csrfToken of GET /me as X-CSRF-Token.')
  }
}

/** Where a call comes from, for the audit log. */
export function originOf(req: Request): Origin {
  return { clientIp: clientAddress(req.ip), userAgent: req.headers['user-agent']?.slice(0, 512) }
}

/**
 * Refusals that say something about their caller: 403, and 404 where that may hide what others have. That a password is
 * asked for once more says nothing.
 */
function isTelling({ ability, path }: RouteDefinition, refusal: DomainError): boolean {
  if (refusal.code === 'not_found') return abilities[ability].who === 'user' && path.includes('{')
  return refusal.code !== 'fresh_sign_in_required' && problemOf(refusal).status === 403
}

function idempotencyKey(definition: RouteDefinition, req: Request): string | null {
  const key = req.headers['idempotency-key']
  if (definition.method !== 'post' || key === undefined) return null
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) {
    const message = 'must be 1 to 200 visible ASCII characters'
    throw invalidInput('Idempotency-Key', fieldProblem('invalid_format', message, { format: 'idempotency_key' }))
  }
  return key
}

function send(res: Response, reply: Pick<Reply, 'status' | 'body' | 'headers'>): void {
  if (endProgress(res, reply)) return
  for (const [name, value] of Object.entries(reply.headers ?? {})) res.setHeader(name, value)
  if (reply.body === undefined || reply.body === null) res.status(reply.status).end()
  else if (reply.status >= 400)
    res.status(reply.status).type('application/problem+json').send(JSON.stringify(reply.body))
  else res.status(reply.status).json(reply.body)
}

/** The call as it came, checked: what is left is to do it. */
function prepare(definition: RouteDefinition, caller: Caller | null, { req, res }: { req: Request; res: Response }) {
  refuseUnlessAllowed(definition, caller)
  refuseUntilPasswordIsChanged(definition, caller)
  refuseForgery(definition, caller, req)
  const key = idempotencyKey(definition, req)
  const params = parseParams(definition.params, req)
  const { query, body } = parseInput(definition, req)
  if (asksForFreshSignIn(definition, body)) refuseUnlessFresh(caller)
  const run = (operationId: string) =>
    definition.handler({
      params,
      query,
      body,
      caller,
      actor: caller?.actor ?? nobody,
      origin: originOf(req),
      operationId,
      req,
      res,
    } satisfies Call<unknown, unknown, unknown>)
  return { key, run }
}

/** Makes the Express handler of a route. Whatever it throws is answered by the error handler of the app. */
export function routeHandler(
  definition: RouteDefinition,
  { authenticate, idempotency, recordRefusal, limits = usualLimits }: CarryOutDeps,
) {
  const limitMs = limitOf(definition, limits)

  async function carry(req: Request, res: Response): Promise<Reply | null> {
    const until = Date.now() + (limitMs ?? limits.writeMs)
    // Who is calling is asked of the database, also where the answer may take for ever.
    const caller = await within(limitFor(req, limitMs ?? limits.readMs), () => authenticate(req))
    if (caller?.via === 'session') res.setHeader(userHeader, caller.actor.id)
    try {
      return await answer(caller, { req, res, until })
    } catch (error) {
      if (caller && error instanceof DomainError && isTelling(definition, error)) await record(caller, req, error)
      throw error
    }
  }

  async function record({ actor }: Caller, req: Request, refusal: DomainError): Promise<void> {
    const { method, path: route } = definition
    const path = recordedPath(req).slice(0, 300)
    const call = {
      actor,
      origin: originOf(req),
      operationId: uuidv7(),
      method: method.toUpperCase(),
      route,
      path,
      refusal,
    }
    await outlasting(async () => recordRefusal?.(call))
  }

  async function answer(caller: Caller | null, { req, res, until }: { req: Request; res: Response; until: number }) {
    if (definition.file) {
      refuseUnlessAllowed(definition, caller)
      await readFile(definition.file, req, res)
    }
    const { key, run } = prepare(definition, caller, { req, res })
    if (limitMs === null && caller) endWithRight(res, () => stillMay(definition, req))
    if (!key || !caller) return run(uuidv7())
    const { method, originalUrl: path, body } = req
    return once(run, { idempotency, until, call: { callerId: caller.actor.id, key, method, path, body } })
  }

  async function stillMay({ ability }: RouteDefinition, req: Request): Promise<boolean> {
    try {
      const caller = await authenticate(req, { isUse: false })
      return mayUse(caller?.actor ?? null, ability)
    } catch (error) {
      if (error instanceof DomainError && error.code === 'unauthenticated') return false
      throw error
    }
  }

  // Files see to it themselves, and what live views read they share.
  const isEndable = definition.method === 'get' && limitMs !== null

  return async (req: Request, res: Response): Promise<void> => {
    const call = () => within(limitFor(req, limitMs), () => carry(req, res))
    const reply = await (isEndable ? untilClosed(res, call) : call())
    if (reply) send(res, reply)
  }
}

function limitFor(req: Request, ms: number | null): Limit {
  return {
    ms,
    refusal: () => noAnswerInTime(req),
    onLate: (error) => req.log.warn({ err: error }, 'a call failed after its caller was told that it took too long'),
  }
}
