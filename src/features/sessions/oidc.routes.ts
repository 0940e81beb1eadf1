/** Outside of the base: the way to the identity provider and back, which a browser walks, and the provider's own call. */
import type { NextFunction, Request, Response } from 'express'
import express, { Router } from 'express'
import { v7 as uuidv7 } from 'uuid'
import { DomainError } from '../../domain/shared/errors.ts'
import type { SignInFailure } from '../../domain/shared/sign-in-failures.ts'
import type { Authenticate, Caller } from '../../platform/http/route.ts'
import { originOf } from '../../platform/http/route-handler.ts'
import { ProviderError } from '../../platform/oidc/provider-error.ts'
import { deviceSeconds } from './known-devices.repository.ts'
import { nextAddress } from './next-address.ts'
import { attemptSeconds, type OidcSignIn, type Outcome } from './oidc.commands.ts'
import { sessionSeconds } from './open-session.ts'
import { createDeviceCookie, createSessionCookie, createSignInCookie } from './session-cookie.ts'

export interface OidcRoutesDeps {
  oidc: OidcSignIn
  authenticate: Authenticate
  publicUrl: string
  log: { warn: (facts: object, message: string) => void }
}

const path = '/auth/oidc'

/** The page that tells people what went wrong, in their language; it gets a word of a closed list and a path of ours. */
function problemPage(failure: SignInFailure, next: string): string {
  return `/sign-in-problem?${new URLSearchParams({ code: failure, next }).toString()}`
}

export function oidcRouter(deps: OidcRoutesDeps): Router {
  const router = Router()
  router.use(path, (_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store')
    next()
  })
  router.get(`${path}/start`, start(deps))
  router.get(`${path}/callback`, callback(deps))
  router.post(
    `${path}/backchannel-logout`,
    express.urlencoded({ extended: false, limit: '32kb', parameterLimit: 10 }),
    backchannelLogout(deps),
  )
  return router
}

/** A stale cookie is nobody; a bearer token has no business here. */
function callerOf({ authenticate }: OidcRoutesDeps, req: Request): Promise<Caller | null> {
  return req.headers.authorization === undefined ? authenticate(req) : Promise.resolve(null)
}

function start(deps: OidcRoutesDeps) {
  const signInCookie = createSignInCookie(deps.publicUrl)
  return async (req: Request, res: Response): Promise<void> => {
    const next = nextAddress(req.query['next'], deps.publicUrl)
    const isFresh = req.query['fresh'] === '1'
    const sessionId = isFresh ? ((await callerOf(deps, req))?.sessionId ?? null) : null
    if (isFresh && !sessionId) return res.redirect(303, problemPage('signed_out', next))
    const browserToken = signInCookie.read(req.headers.cookie) ?? null
    const isAgain = req.query['again'] === '1'
    const purpose = isFresh ? ('fresh' as const) : ('sign_in' as const)
    try {
      const begun = await deps.oidc.begin({ purpose, next, browserToken, sessionId, isAgain, origin: originOf(req) })
      res.setHeader('Set-Cookie', signInCookie.set(begun.browserToken, attemptSeconds))
      res.redirect(303, begun.url)
    } catch (error) {
      deps.log.warn({ err: error }, 'a sign-in at the identity provider could not begin')
      res.redirect(303, problemPage(failureOf(error), next))
    }
  }
}

/** What a person can be told. @throws what is a fault of ours */
function failureOf(error: unknown): SignInFailure {
  if (error instanceof ProviderError) return error.failure
  if (error instanceof DomainError && error.code === 'too_many_requests') return 'limited'
  throw error
}

function callback(deps: OidcRoutesDeps) {
  const { publicUrl, oidc } = deps
  const signInCookie = createSignInCookie(publicUrl)
  const [cookie, deviceCookie] = [createSessionCookie(publicUrl), createDeviceCookie(publicUrl)]

  function returnedOf(req: Request, caller: Caller | null) {
    const { cookie: header } = req.headers
    return {
      // Of what was asked for, and not of the Host that the caller names.
      query: new URLSearchParams(req.originalUrl.split('?')[1] ?? ''),
      browserToken: signInCookie.read(header) ?? null,
      origin: originOf(req),
      operationId: uuidv7(),
      formerSessionId: caller?.sessionId ?? null,
      userId: caller?.actor.id ?? null,
      deviceToken: deviceCookie.read(header) ?? null,
    }
  }

  /** @returns where the browser goes on to */
  function answer(outcome: Outcome, res: Response): string {
    if (outcome.kind === 'refused') {
      deps.log.warn({ failure: outcome.failure }, 'a sign-in by the identity provider was refused')
      return problemPage(outcome.failure, outcome.next)
    }
    if (outcome.kind === 'signed_in')
      res.setHeader('Set-Cookie', [
        cookie.set(outcome.token, sessionSeconds),
        deviceCookie.set(outcome.deviceToken, deviceSeconds),
        signInCookie.clear(),
      ])
    return outcome.next
  }

  return async (req: Request, res: Response): Promise<void> => {
    const returned = returnedOf(req, await callerOf(deps, req))
    try {
      res.redirect(303, answer(await oidc.finish(returned), res))
    } catch (error) {
      res.redirect(303, problemPage(failureOf(error), '/'))
    }
  }
}

/** Answers as Back-Channel Logout 1.0, 2.8 has it: 200, or 400 with an error of OAuth. */
function backchannelLogout({ oidc, log }: OidcRoutesDeps) {
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const { logout_token: token } = (req.body ?? {}) as Record<string, unknown>
    try {
      if (typeof token !== 'string') throw new ProviderError('not_valid', 'There is no logout_token in the body.')
      await oidc.endByProvider(token, { origin: originOf(req), operationId: uuidv7() })
      res.status(200).end()
    } catch (error) {
      if (!(error instanceof ProviderError)) return next(error)
      log.warn({ err: error }, 'a logout token of the identity provider was refused')
      const isAway = error.failure === 'provider_unreachable'
      res.status(isAway ? 503 : 400).json({ error: 'invalid_request', error_description: error.message })
    }
  }
}
