/** The HTTP side of a process: the routes of the features, those of the service itself, and both portals. */
import type { Client } from '@temporalio/client'
import type { Express } from 'express'
import { readGauges } from '../features/requests/requests.gauges.repository.ts'
import type { Settings } from '../platform/config/env.ts'
import { type Database, ping } from '../platform/db/client.ts'
import { codecCors } from '../platform/engine/codec-cors.ts'
import { createApp } from '../platform/http/app.ts'
import { describeApi } from '../platform/http/openapi.ts'
import { serviceRoutes } from '../platform/http/service.routes.ts'
import type { Modules } from './modules.ts'
import { portals } from './portals.ts'

export interface ApiAppDeps {
  settings: Pick<
    Settings,
    'publicUrl' | 'trustedProxies' | 'temporalUiUrl' | 'temporalNamespace' | 'metrics' | 'host' | 'metricsToken'
  >
  database: Database
  client: Client
  modules: Modules
  /** Where the built portals are; beside the built service when left out. */
  portalsFolder?: string
}

export function createApiApp({ settings, database: { db }, client, modules, portalsFolder }: ApiAppDeps): Express {
  const { metrics, host, metricsToken, temporalNamespace: namespace } = settings
  const temporal = () =>
    client.connection.withDeadline(Date.now() + 1500, () => client.workflowService.describeNamespace({ namespace }))
  return createApp({
    ...modules.http,
    publicUrl: settings.publicUrl,
    trustedProxies: settings.trustedProxies,
    extras: [
      codecCors(settings.temporalUiUrl),
      ...serviceRoutes({
        checks: { database: () => ping(db), temporal },
        metrics: { isEnabled: metrics, host, token: metricsToken },
        gauges: readGauges(db),
        counters: { mails_total: modules.mails.outcomes },
        openapi: describeApi(modules.http.routes),
      }),
    ],
    portals: portals(portalsFolder),
  })
}
