/** Outside the base: is the service alive, is it ready, what does it measure; and the documentation of the API. */

import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type { RequestHandler } from 'express'
import express, { Router } from 'express'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { guardMetrics, type MetricsAccess } from './metrics-access.ts'
import { basePath } from './schemas.ts'
import { docsPolicy } from './security-headers.ts'

export interface ServiceDeps {
  /** Each resolves when its part answers; the message of a rejection is not shown. */
  checks: Record<string, () => Promise<unknown>>
  metrics: MetricsAccess
  /** Product gauges, read when asked for. */
  gauges: Record<string, { help: string; read: () => Promise<number | Record<string, number>> }>
  /** Product counters, by outcome: they only grow. */
  counters?: Record<string, { help: string; read: () => Promise<Record<string, number>> }>
  openapi: unknown
}

const checkTimeoutMs = 2000

async function answers(check: () => Promise<unknown>): Promise<boolean> {
  const timeout = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('timeout')), checkTimeoutMs).unref()
  })
  return Promise.race([check(), timeout]).then(
    () => true,
    () => false,
  )
}

function createRegistry({ gauges, counters = {} }: Pick<ServiceDeps, 'gauges' | 'counters'>): {
  registry: Registry
  observe: RequestHandler
} {
  const registry = new Registry()
  // Its usual 10 ms would wake an idle process a hundred times a second.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 500 })
  for (const [name, { help, read }] of Object.entries(gauges)) {
    const gauge = new Gauge({
      name: `gatehouse_${name}`,
      help,
      labelNames: ['label'],
      registers: [registry],
      async collect() {
        const value = await read()
        if (typeof value === 'number') this.set(value)
        else for (const [label, one] of Object.entries(value)) this.set({ label }, one)
      },
    })
    void gauge
  }
  for (const [name, { help, read }] of Object.entries(counters)) {
    const counter = new Counter({
      name: `gatehouse_${name}`,
      help,
      labelNames: ['outcome'],
      registers: [registry],
      async collect() {
        const totals = await read()
        // They are counted in the database, for all processes.
        this.reset()
        for (const [outcome, total] of Object.entries(totals)) this.inc({ outcome }, total)
      },
    })
    void counter
  }
  const duration = new Histogram({
    name: 'gatehouse_http_request_seconds',
    help: 'Time to answer, by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  const observe: RequestHandler = (req, res, next) => {
    const stop = duration.startTimer({ method: req.method })
    res.once('finish', () =>
      stop({ route: (req.route as { path?: string } | undefined)?.path ?? 'none', status: res.statusCode }),
    )
    next()
  }
  return { registry, observe }
}

/** Health, readiness and metrics at the root; OpenAPI and its page under the API. */
export function serviceRoutes({ checks, metrics, openapi, ...measured }: ServiceDeps): RequestHandler[] {
  const router = Router()
  const { registry, observe } = createRegistry(measured)
  router.get('/healthz', (_req, res) => void res.json({ status: 'ok' }))
  router.get('/readyz', async (_req, res) => {
    const names = Object.keys(checks)
    const results = await Promise.all(Object.values(checks).map(answers))
    const parts = Object.fromEntries(names.map((name, index) => [name, results[index] ? 'ok' : 'away']))
    const isReady = results.every(Boolean)
    res.status(isReady ? 200 : 503).json({ status: isReady ? 'ready' : 'not ready', ...parts })
  })
  router.get(
    '/metrics',
    guardMetrics(metrics),
    async (_req, res) => void res.type(registry.contentType).send(await registry.metrics()),
  )
  router.get(`${basePath}/openapi.json`, (_req, res) => void res.json(openapi))
  return [observe, router, docsPage()]
}

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><title>Gatehouse API</title><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="./swagger-ui.css">
</head>
<body><div id="docs"></div><script src="./swagger-ui-bundle.js"></script><script src="./start.js"></script></body>
</html>`

const start = `window.ui = SwaggerUIBundle({ url: '${basePath}/openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null })`

/** The documentation page: everything it needs comes from here. */
function docsPage(): RequestHandler {
  const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  const docs = Router()
  docs.use(docsPolicy())
  docs.get('/', (req, res) => {
    if (!req.originalUrl.split('?')[0]?.endsWith('/')) res.redirect(308, `${req.baseUrl}/`)
    else res.type('html').send(page)
  })
  docs.get('/start.js', (_req, res) => void res.type('js').send(start))
  docs.use(express.static(assets, { index: false, redirect: false }))
  const router = Router()
  router.use('/api/docs', docs)
  return router
}
