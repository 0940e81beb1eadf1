/** One API process: HTTP, live view and both portals. Any number of them may run. */
import { createServer } from 'node:http'
import { setFlagsFromString } from 'node:v8'
import { mayChangeLog } from '../features/audit/audit.privileges.repository.ts'
import { encryptionKeysOf, readSettings, settingsWarnings } from '../platform/config/env.ts'
import { StartFailure } from '../platform/config/start-failure.ts'
import { openDatabase } from '../platform/db/client.ts'
import { createTemporalClient } from '../platform/engine/client.ts'
import { serverLimits } from '../platform/http/server-limits.ts'
import { createLog } from '../platform/log/log.ts'
import { hostProblem, isNotOurs } from '../platform/net/ports.ts'
import { createApiApp } from './api-app.ts'
import { announceFirstSignIn, ensureAdministrator } from './first-administrator.ts'
import { announceReady, onShutdown, runMain } from './lifecycle.ts'
import { moduleDepsOf } from './module-deps.ts'
import { createModules } from './modules.ts'

// V8 lets its heap grow to three times of what is in use before it looks for garbage, which exports make much of.
setFlagsFromString('--heap-growing-percent=50')

await runMain(async () => {
  const settings = readSettings()
  if (!settings.databaseUrl)
    throw new StartFailure(
      'DATABASE_URL is not set: the API needs the address of a Postgres, as `npm start` has its own.',
    )
  const log = createLog({ level: settings.logLevel, part: 'api' })
  for (const warning of settingsWarnings(settings)) log.warn(warning)
  const keys = encryptionKeysOf(settings)
  const database = openDatabase(settings.databaseUrl, { name: 'gatehouse-api', max: 16 })
  const client = await createTemporalClient(settings, keys)
  const modules = createModules(moduleDepsOf(settings, { database, client, keys, log }))
  announceFirstSignIn(await ensureAdministrator({ db: database.db, auditLog: modules.audit.auditLog }, settings, keys))
  if (await mayChangeLog(database.db))
    log.warn(
      'DATABASE_URL signs in a role that may change the audit log: let the service use gatehouse_app, and set MIGRATION_DATABASE_URL to the role that owns the tables',
    )
  const app = createApiApp({ settings, database, client, modules })
  const server = createServer(serverLimits(30_000), app)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(new StartFailure(`PORT ${settings.port} is taken: set PORT to a free one.`))
      else reject(isNotOurs(error) ? new StartFailure(hostProblem(settings.host)) : error)
    })
    server.listen(settings.port, settings.host, resolve)
  })
  await modules.requests.stream.start()
  announceReady()
  log.info({ port: settings.port }, 'API serves')

  onShutdown(async () => {
    await modules.requests.stream.stop()
    const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), 5000).unref()
    await closed
    await modules.close()
    await Promise.all([client.connection.close(), database.close()])
  })
})
