/** The whole HTTP side in process, on a real database of its own. */
import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { Connection, Client as TemporalClient } from '@temporalio/client'
import type { RequestHandler } from 'express'
import { ensureFirstAdministrator } from '../../src/features/directory/users/first-administrator.commands.ts'
import { createModules, type Modules, type ModulesDeps } from '../../src/main/modules.ts'
import { type Database, type Db, openDatabase } from '../../src/platform/db/client.ts'
import { createApp } from '../../src/platform/http/app.ts'
import type { RouteDefinition } from '../../src/platform/http/route.ts'
import type { TimeLimits } from '../../src/platform/http/time-limit.ts'
import { hashPassword } from '../../src/platform/secrets/passwords.ts'
import { createSecretBox } from '../../src/platform/secrets/secret-box.ts'
import { createClient } from './client.ts'
import { createTestDatabase } from './database.ts'
import { testModuleDeps } from './module-deps.ts'

export const administrator = { email: 'admin@example.test', password: 'the-first-administrator' }

export type TestApp = Awaited<ReturnType<typeof startTestApp>>

/** What routes of a test can be made of. */
export type Parts = Modules & { db: Db; database: Database }

type Overrides = Partial<
  Pick<
    ModulesDeps,
    | 'client'
    | 'publicUrl'
    | 'log'
    | 'mailer'
    | 'passwords'
    | 'fourEyes'
    | 'deadlineMs'
    | 'bulkDeadlineMs'
    | 'exportLimits'
  >
>

export interface TestAppOptions extends Overrides {
  /** Come before those of the service, of which they may replace some. */
  routes?: (parts: Parts) => RouteDefinition[]
  limits?: TimeLimits
  trustedProxies?: number | string[]
  extras?: RequestHandler[]
  /** A free one when left out; given for tests whose `publicUrl` has to lead here. */
  port?: number
}

/**
 * Starts the app as the service puts it together, on a fresh database with one administrator. Call `close` in `afterAll`.
 * Without a `client` Temporal is away. `publicUrl` is only for links and cookies; `passwords` may count.
 */
export async function startTestApp({
  routes = () => [],
  publicUrl = 'http://localhost',
  limits,
  trustedProxies,
  extras,
  port = 0,
  ...overrides
}: TestAppOptions = {}) {
  const testDatabase = await createTestDatabase()
  const database = openDatabase(testDatabase.serviceUrl)
  const superuser = openDatabase(testDatabase.url)
  const secretBox = createSecretBox([{ id: 'test', key: randomBytes(32) }])
  const nowhere = Connection.lazy({ address: '127.0.0.1:1' })
  const client = new TemporalClient({ connection: nowhere })
  const deps = { ...testModuleDeps({ database, client, secretBox }), publicUrl, ...overrides }
  const modules = createModules(deps)
  const { db } = database
  const { auditLog } = modules.audit
  await ensureFirstAdministrator({ db, auditLog, hashPassword }, administrator)
  const app = createApp({
    ...modules.http,
    routes: [...routes({ ...modules, db, database }), ...modules.http.routes],
    publicUrl,
    ...(limits ? { limits } : {}),
    ...(extras ? { extras } : {}),
    ...(trustedProxies === undefined ? {} : { trustedProxies }),
  })
  const server = app.listen(port, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    url: testDatabase.serviceUrl,
    database,
    db,
    secretBox,
    modules,
    auditLog,
    /** For what nobody may do who has only the service's role. */
    superuser: superuser.db,
    base,
    /** Nobody; or whoever holds the token. */
    client: (options: { token?: string } = {}) => createClient(base, options),
    /** A client that is signed in. @throws when the sign-in is refused */
    async signIn(email = administrator.email, password = administrator.password) {
      const client = createClient(base)
      const answer = await client.signIn(email, password)
      if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}: ${JSON.stringify(answer.body)}`)
      return client
    },
    async close(): Promise<void> {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await modules.close()
      await Promise.all([database.close(), superuser.close(), nowhere.close()])
      await testDatabase.drop()
    },
  }
}
