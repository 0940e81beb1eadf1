/** The Express application: headers, parsing, the routes, and one error handler. Everything it needs is passed in. */
import { randomUUID } from 'node:crypto'
import type { ErrorRequestHandler, Express, Request, RequestHandler, Response } from 'express'
import express from 'express'
import type { Logger } from 'pino'
import { pinoHttp } from 'pino-http'
import { DomainError } from '../../domain/shared/errors.ts'
import { loggableError } from '../log/log.ts'
import { bodyReader } from './body.ts'
import { compressed } from './compression.ts'
import { problemOf, sendProblem, toDomainError } from './problem.ts'
import { endProgress } from './progress.ts'
import { recordedPath } from './recorded-path.ts'
import type { RouteDefinition } from './route.ts'
import type { CarryOutDeps } from './route-handler.ts'
import { routeHandler } from './route-handler.ts'
import { basePath } from './schemas.ts'
import { securityHeaders } from './security-headers.ts'

export interface AppDeps extends CarryOutDeps {
  log: Logger
  routes: readonly RouteDefinition[]
  /** Routers outside the base, with errors of their own. */
  protocols?: readonly RequestHandler[]
  /** Routers outside the base: health, metrics, documentation, portals. */
  extras?: readonly RequestHandler[]
  /** Served after everything else: the portals' pages. */
  portals?: RequestHandler | undefined
  publicUrl: string
  /** Whose X-Forwarded-For counts: addresses and networks, or how many proxies there are. */
  trustedProxies?: number | string[]
}

function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}

const isWrite = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** Pages of other sites may not write. */
function guard(publicUrl: string): RequestHandler {
  const origin = new URL(publicUrl).origin
  return (req, _res, next) => {
    const isForeign = req.headers['sec-fetch-site'] === 'cross-site'
    if (isWrite.has(req.method) && isForeign && req.headers.origin !== origin)
      throw new DomainError('forbidden', 'Pages of other sites may not write here.')
    next()
  }
}

function errorHandler(log: Logger): ErrorRequestHandler {
  return (error, req, res, _next) => {
    const refusal = toDomainError(error)
    if (refusal.code === 'internal') (req.log ?? log).error({ err: error }, 'request failed')
    const problem = problemOf(refusal, res.getHeader('X-Request-Id')?.toString())
    if (endProgress(res, { status: problem.status, body: problem })) return
    if (res.headersSent) res.destroy()
    else sendProblem(res, refusal)
  }
}

/** Reading methods answer HEAD as well; anything else on a known path is a 405 that names what is allowed. */
function mountRoutes(app: Express, deps: AppDeps): void {
  const methodsOf = new Map<string, Set<string>>()
  // Fixed paths before those with parameters, so that `/access-requests/counts` is not taken for an id.
  const ordered = [...deps.routes].sort((a, b) => a.path.split('{').length - b.path.split('{').length)
  for (const definition of ordered) {
    const path = basePath + expressPath(definition.path)
    // Read here and not before: an address that does not exist, or a method it does not take, reads no body.
    app[definition.method](path, bodyReader(definition), routeHandler(definition, deps))
    const methods = methodsOf.get(path) ?? new Set<string>()
    methods.add(definition.method.toUpperCase())
    methodsOf.set(path, methods)
  }
  for (const [path, methods] of methodsOf) {
    app.all(path, (_req, res) => {
      res.setHeader('Allow', [...methods].join(', '))
      throw new DomainError('method_not_allowed', `This address takes ${[...methods].join(', ')}.`)
    })
  }
}

/** Without the headers, where credentials stand. */
function loggableRequest(req: Request) {
  const { id, method, socket } = req
  return { id, method, path: recordedPath(req), remoteAddress: socket.remoteAddress }
}

/** Builds the whole HTTP side. */
export function createApp(deps: AppDeps): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', deps.trustedProxies ?? 'loopback')
  app.set('query parser', 'simple')
  app.use((req, res, next) => {
    const id = randomUUID()
    req.id = id
    res.setHeader('X-Request-Id', id)
    next()
  })
  app.use(
    pinoHttp({
      logger: deps.log,
      genReqId: (req) => req.id,
      wrapSerializers: false,
      serializers: { req: loggableRequest, res: ({ statusCode }: Response) => ({ statusCode }), err: loggableError },
      autoLogging: { ignore: (req) => req.url === '/healthz' || req.url === '/readyz' },
    }),
  )
  app.use(securityHeaders(deps.publicUrl))
  app.use(compressed())
  for (const extra of [...(deps.extras ?? []), ...(deps.protocols ?? [])]) app.use(extra)
  app.use(basePath, (_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store')
    next()
  })
  app.use(basePath, guard(deps.publicUrl))
  mountRoutes(app, deps)
  app.use(basePath, () => {
    throw new DomainError('not_found', 'There is nothing at this address.')
  })
  if (deps.portals) app.use(deps.portals)
  app.use(() => {
    throw new DomainError('not_found', 'There is nothing at this address.')
  })
  app.use(errorHandler(deps.log))
  return app
}
