/** Demo data, made through the product itself: into an empty database, or to finish a seeding that was cut short. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { createDemo } from '../demo/demo.ts'
import type { EncryptionKey } from '../platform/config/encryption-keys.ts'
import { demoPassword, encryptionKeysOf, readSettings } from '../platform/config/env.ts'
import { StartFailure } from '../platform/config/start-failure.ts'
import { openDatabase } from '../platform/db/client.ts'
import { createTemporalClient } from '../platform/engine/client.ts'
import { createPayloadCodec } from '../platform/engine/payload-codec.ts'
import { createSecretBox } from '../platform/secrets/secret-box.ts'
import { createApiParts } from './api-parts.ts'
import { demoDeps } from './demo-deps.ts'
import { announceFirstSignIn, ensureAdministrator, madePassword } from './first-administrator.ts'
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
  announceFirstSignIn(await ensureAdministrator({ db: database.db, auditLog: parts.auditLog }, settings, keys))
  const password = settings.isLocalDemo ? demoPassword : madePassword(keys[0] as EncryptionKey, 'the demo')
  const demo = createDemo(
    demoDeps({
      database,
      secretBox,
      auditLog: parts.auditLog,
      commands: parts.commands,
      publicUrl: settings.publicUrl,
      expiry: settings.requestExpiry,
      password,
    }),
  )
  if (await demo.mayRun()) {
    await demo.run()
    const { adminEmail: email, adminPassword } = settings
    const signIns = [
      ...(adminPassword === undefined ? [] : [{ role: 'Administrator', email, password: adminPassword }]),
      ...demo.signIns().map((signIn) => ({ role: signIn.role, email: signIn.email, password })),
    ]
    writeFileSync(join(settings.dataDir, 'demo-sign-ins.json'), JSON.stringify(signIns, null, 2), { mode: 0o600 })
    // Under npm start its table shows them, and what is written here would stand in a log file.
    if (!settings.isLocalDemo && !process.send)
      for (const one of signIns) process.stdout.write(`${one.role}: ${one.email} / ${one.password}\n`)
  }
  await parts.close()
  await Promise.all([client.connection.close(), database.close()])
})
