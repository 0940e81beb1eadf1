/** One API process: HTTP, live view and both portals. Any number of them may run. */
import { createServer } from 'node:http'
import { mayChangeLog } from '../features/audit/audit.privileges.repository.ts'
import { readGauges } from '../features/requests/requests.gauges.repository.ts'
import { encryptionKeysOf, passwordHashesAtOnce, readSettings, settingsWarnings } from '../platform/config/env.ts'
import { StartFailure } from '../platform/config/start-failure.ts'
import { openDatabase, ping } from '../platform/db/client.ts'
import { createTemporalClient } from '../platform/engine/client.ts'
import { codecCors } from '../platform/engine/codec-cors.ts'
import { createPayloadCodec } from '../platform/engine/payload-codec.ts'
import { createApp } from '../platform/http/app.ts'
import { describeApi } from '../platform/http/openapi.ts'
import { serverLimits } from '../platform/http/server-limits.ts'
import { serviceRoutes } from '../platform/http/service.routes.ts'
import { createLog } from '../platform/log/log.ts'
import { hostProblem, isNotOurs } from '../platform/net/ports.ts'
import { createSecretBox } from '../platform/secrets/secret-box.ts'
import { createApiParts } from './api-parts.ts'
import { announceFirstSignIn, ensureAdministrator } from './first-administrator.ts'
import { announceReady, onShutdown, runMain } from './lifecycle.ts'
import { portals } from './portals.ts'

await runMain(async () => {
  const settings = readSettings()
  if (!settings.databaseUrl)
    throw new StartFailure(
      'DATABASE_URL is not set: the API needs the address of a Postgres, as `npm start` has its own.',
    )
  const log = createLog({ level: settings.logLevel, part: 'api' })
  for (const warning of settingsWarnings(settings)) log.warn(warning)
  const keys = encryptionKeysOf(settings)
  const secretBox = createSecretBox(keys)
  const database = openDatabase(settings.databaseUrl, { name: 'gatehouse-api', max: 16 })
  const client = await createTemporalClient(settings, keys)
  const parts = createApiParts({
    database,
    client,
    codec: createPayloadCodec(keys),
    secretBox,
    log,
    taskQueue: settings.temporalTaskQueue,
    publicUrl: settings.publicUrl,
    requestExpiry: settings.requestExpiry,
    workflowsUrl: settings.temporalUiUrl
      ? `${settings.temporalUiUrl}/namespaces/${encodeURIComponent(settings.temporalNamespace)}/workflows`
      : null,
    allowPrivateTargets: settings.connectorAllowPrivate,
    passwordsAtOnce: passwordHashesAtOnce(),
    fourEyes: settings.fourEyes,
  })
  announceFirstSignIn(await ensureAdministrator({ db: database.db, auditLog: parts.auditLog }, settings, keys))
  if (await mayChangeLog(database.db))
    log.warn(
      'DATABASE_URL signs in a role that may change the audit log: let the service use gatehouse_app, and set MIGRATION_DATABASE_URL to the role that owns the tables',
    )
  const app = createApp({
    log,
    routes: parts.routes,
    authenticate: parts.authenticate,
    idempotency: parts.idempotency,
    recordRefusal: parts.recordRefusal,
    publicUrl: settings.publicUrl,
    trustedProxies: settings.trustedProxies,
    extras: [
      codecCors(settings.temporalUiUrl),
      ...serviceRoutes({
        checks: {
          database: () => ping(database.db),
          temporal: () =>
            client.connection.withDeadline(Date.now() + 1500, () =>
              client.workflowService.describeNamespace({ namespace: settings.temporalNamespace }),
            ),
        },
        metrics: { isEnabled: settings.metrics, host: settings.host, token: settings.metricsToken },
        gauges: readGauges(database.db),
        openapi: describeApi(parts.routes),
      }),
    ],
    portals: portals(),
  })
  const server = createServer(serverLimits(30_000), app)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(new StartFailure(`PORT ${settings.port} is taken: set PORT to a free one.`))
      else reject(isNotOurs(error) ? new StartFailure(hostProblem(settings.host)) : error)
    })
    server.listen(settings.port, settings.host, resolve)
  })
  await parts.stream.start()
  announceReady()
  log.info({ port: settings.port }, 'API serves')

  onShutdown(async () => {
    await parts.stream.stop()
    const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), 5000).unref()
    await closed
    await parts.close()
    await Promise.all([client.connection.close(), database.close()])
  })
})
