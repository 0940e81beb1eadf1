/**
 * `npm run rotate-keys`: after a new key was put in front of `ENCRYPTION_KEY` and every process was started with it. Seals
 * everything in the database anew, and says of each old key whether it is still needed. Exit 0 when no old key is needed,
 * 2 while one is, 1 when something went wrong.
 */
import { sql } from 'drizzle-orm'
import { knownEncryptionKeys, readSettings } from '../config/env.ts'
import { openDatabase } from '../db/client.ts'
import { StartFailure } from '../embedded/start-failure.ts'
import { createTemporalClient } from '../temporal/client.ts'
import { rotateKeys } from './key-rotation.ts'
import { runMain } from './lifecycle.ts'

const exitCodes = { done: 0, failed: 1, needed: 2 }

await runMain(async () => {
  const settings = readSettings()
  if (!settings.databaseUrl) throw new StartFailure('DATABASE_URL is not set: there is nothing to seal anew.')
  const keys = knownEncryptionKeys(settings)
  if (!keys) throw new StartFailure('There is no key: set ENCRYPTION_KEY to [new],[old], as the service has it.')
  const database = openDatabase(settings.databaseUrl, { name: 'gatehouse-rotate-keys', max: 2 })
  const client = await createTemporalClient(settings, keys)
  await Promise.all([database.db.execute(sql`select 1`), client.workflowService.getSystemInfo({})]).catch(
    (cause: unknown) => {
      throw new StartFailure(
        'Database or Temporal does not answer. Start the service with npm start, or set DATABASE_URL and TEMPORAL_ADDRESS.',
        { cause },
      )
    },
  )
  const { outcome, lines } = await rotateKeys({ db: database.db, client }, keys)
  await Promise.all([client.connection.close(), database.close()])
  for (const line of lines) process.stdout.write(`${line}\n`)
  process.exitCode = exitCodes[outcome]
})
