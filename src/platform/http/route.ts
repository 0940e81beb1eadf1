/** Routes as data: what may call them, what they take and give. Express, OpenAPI and the authorisation tests read the same list. */
import type { Request, Response } from 'express'
import type { z } from 'zod'
import type { Ability, Actor } from '../../domain/abilities.ts'
import type { Origin } from '../../domain/request/messages.ts'

/** Who is calling, as sign-in established it. */
export interface Caller {
  actor: Actor
  via: 'session' | 'token'
  /** Set for sessions: what X-CSRF-Token has to be on writes. */
  csrfToken: string | null
  sessionId: string | null
  /** Whether a password was given within the last 5 minutes. Of API tokens: always, because one is made that way. */
  isFresh: boolean
  /** Somebody else has chosen their password. */
  mustChangePassword: boolean
  /** Set for API tokens; `sourceId` for those that are for one source of people alone. */
  token: { id: string; expiresAt: string | null; sourceId: string | null } | null
}

/**
 * @returns the caller, or null for somebody who is not signed in; `isUse: false` only looks, and keeps no session alive
 * @throws DomainError `unauthenticated` for a bearer token that is not (or no longer) valid
 */
export type Authenticate = (req: Request, options?: { isUse?: boolean }) => Promise<Caller | null>

export interface Call<Params, Query, Body> {
  params: Params
  query: Query
  body: Body
  /** Only null on routes that anyone may call. */
  caller: Caller | null
  /** The caller's actor. @throws never: routes that anyone may call must use `caller`. */
  actor: Actor
  origin: Origin
  /** Id for whatever this call makes: the same for every repetition under one Idempotency-Key. */
  operationId: string
  req: Request
  res: Response
}

export interface Reply {
  status: number
  body?: unknown
  headers?: Record<string, string | string[]>
  /** False for answers that a repetition may improve on, such as "not known yet". */
  final?: boolean
}

export interface ResponseDefinition {
  description: string
  schema?: z.ZodType
  /** For answers that are not JSON; several, where the query says which. */
  contentType?: string | readonly string[]
}

type Responses = Record<number, ResponseDefinition>

/** What a route may answer: one of its statuses, with the body that the schema beside it describes. */
export type ReplyOf<R extends Responses> = {
  [Status in keyof R & number]: Omit<Reply, 'status' | 'body'> & { status: Status } & BodyOf<R[Status]>
}[keyof R & number]

type BodyOf<R extends ResponseDefinition> = R extends { schema: z.ZodType<infer Body> }
  ? { body: Body }
  : { body?: undefined }

export interface RouteDefinition<Params = unknown, Query = unknown, Body = unknown, Answer extends Reply = Reply> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Under the base, OpenAPI style: `/access-requests/{id}`. */
  path: string
  summary: string
  tag: string
  ability: Ability
  params?: z.ZodType<Params>
  query?: z.ZodType<Query>
  body?: z.ZodType<Body>
  /** Takes a file instead of JSON; then `body` is of its bytes (`fileBody`). */
  file?: { contentType: string; limitBytes: number }
  responses: Responses
  /** Asks for a password given within the last 5 minutes; a function, where that depends on the body. */
  fresh?: boolean | ((body: Body) => boolean)
  /** Answers 429 to whoever calls too often. */
  documents429?: boolean
  /** How long a caller waits, in milliseconds, where the usual limits do not fit. */
  limitMs?: number
  /** `null` when the handler has answered by itself (streams). */
  handler: (call: Call<Params, Query, Body>) => Promise<Answer | null>
}

/** Keeps the types of one route's schemas and handler together: what it takes, and what it may answer. */
export function route<
  R extends Responses,
  Params = Record<string, never>,
  Query = Record<string, never>,
  Body = undefined,
>(definition: RouteDefinition<Params, Query, Body, ReplyOf<R>> & { responses: R }): RouteDefinition {
  return definition as unknown as RouteDefinition
}

export function ok<Body>(body: Body) {
  return { status: 200 as const, body }
}

export function created<Body>(location: string, body: Body) {
  return { status: 201 as const, body, headers: { Location: location } }
}

/** Taken in, and not done yet; with `final: false` where a repetition tells more. */
export function accepted<Body = undefined>(body?: Body) {
  return { status: 202 as const, body: body as Body }
}

export const noContent = { status: 204 } as const
