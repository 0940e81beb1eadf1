/**
 * `npm run rotate-keys`: after a new key was put in front of `ENCRYPTION_KEY` and every process was started with it. Seals
 * everything in the database anew, and says of each old key whether it is still needed. Exit 0 when no old key is needed,
 * 2 while one is, 1 when something went wrong.
 */
import { knownEncryptionKeys, readSettings } from '../platform/config/env.ts'
import { StartFailure } from '../platform/config/start-failure.ts'
import { openDatabase } from '../platform/db/client.ts'
import { createTemporalClient } from '../platform/engine/client.ts'
import { rotateKeys } from './key-rotation.ts'
import { requireAnswers, runMain } from './lifecycle.ts'

const exitCodes = { done: 0, failed: 1, needed: 2 }

await runMain(async () => {
  const settings = readSettings()
  if (!settings.databaseUrl) throw new StartFailure('DATABASE_URL is not set: there is nothing to seal anew.')
  const keys = knownEncryptionKeys(settings)
  if (!keys) throw new StartFailure('There is no key: set ENCRYPTION_KEY to [new],[old], as the service has it.')
  const database = openDatabase(settings.databaseUrl, { name: 'gatehouse-rotate-keys', max: 2 })
  const client = await createTemporalClient(settings, keys)
  await requireAnswers(database, client)
  const { outcome, lines } = await rotateKeys({ db: database.db, client }, keys)
  await Promise.all([client.connection.close(), database.close()])
  for (const line of lines) process.stdout.write(`${line}\n`)
  process.exitCode = exitCodes[outcome]
})
