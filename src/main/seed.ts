/** Demo data, made through the product itself: into an empty database, or to finish a seeding that was cut short. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { encryptionKeysOf, readSettings } from '../config/env.ts'
import { createSecretBox } from '../crypto/secret-box.ts'
import { openDatabase } from '../db/client.ts'
import { createDemo } from '../demo/demo.ts'
import { demoPassword } from '../demo/demo-people.ts'
import { StartFailure } from '../embedded/start-failure.ts'
import { createTemporalClient } from '../temporal/client.ts'
import { createPayloadCodec } from '../temporal/payload-codec.ts'
import { createApiParts } from './api-parts.ts'
import { demoDeps } from './demo-deps.ts'
import { ensureAdministrator } from './first-administrator.ts'
import { runMain } from './lifecycle.ts'

await runMain(async () => {
  const settings = readSettings()
  if (settings.seed !== 'demo') return
  if (!settings.databaseUrl)
    throw new StartFailure('DATABASE_URL is not set: there is no database to put demo data into.')
  const keys = encryptionKeysOf(settings)
  const secretBox = createSecretBox(keys)
  const database = openDatabase(settings.databaseUrl, { name: 'gatehouse-seed', max: 6 })
  const client = await createTemporalClient(settings, keys)
  const log = pino({ level: 'silent' })
  const parts = createApiParts({
    database,
    client,
    codec: createPayloadCodec(keys),
    secretBox,
    log,
    taskQueue: settings.temporalTaskQueue,
    publicUrl: settings.publicUrl,
    requestExpiry: settings.requestExpiry,
    workflowsUrl: null,
    allowPrivateTargets: true,
  })
  await ensureAdministrator(
    { db: database.db, auditLog: parts.auditLog },
    { email: settings.adminEmail, password: settings.adminPassword },
  )
  const demo = createDemo(
    demoDeps({
      database,
      secretBox,
      auditLog: parts.auditLog,
      commands: parts.commands,
      publicUrl: settings.publicUrl,
      expiry: settings.requestExpiry,
    }),
  )
  if (await demo.mayRun()) {
    await demo.run()
    const signIns = [
      { role: 'Administrator', email: settings.adminEmail, password: settings.adminPassword },
      ...demo.signIns().map(({ role, email }) => ({ role, email, password: demoPassword })),
    ]
    writeFileSync(join(settings.dataDir, 'demo-sign-ins.json'), JSON.stringify(signIns, null, 2), { mode: 0o600 })
  }
  await parts.close()
  await Promise.all([client.connection.close(), database.close()])
})
