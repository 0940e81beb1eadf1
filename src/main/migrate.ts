/** Brings the database and the namespace to this version: schema, search attributes. */
import { encryptionKeysOf, readSettings } from '../config/env.ts'
import { migrateDatabase } from '../db/migrate.ts'
import { StartFailure } from '../embedded/start-failure.ts'
import { createLog } from '../log/log.ts'
import { createTemporalClient } from '../temporal/client.ts'
import { registerSearchAttributes } from '../temporal/search-attributes.ts'
import { runMain } from './lifecycle.ts'

await runMain(async () => {
  const settings = readSettings()
  if (!settings.databaseUrl) throw new StartFailure('DATABASE_URL is not set: there is no database to migrate.')
  const log = createLog({ level: settings.logLevel, part: 'migrate' })
  await migrateDatabase(settings.migrationDatabaseUrl ?? settings.databaseUrl)
  const client = await createTemporalClient(settings, encryptionKeysOf(settings))
  try {
    await client.connection.withDeadline(Date.now() + 10_000, () => registerSearchAttributes(client))
  } catch (error) {
    log.warn(
      { err: error },
      'search attributes RequestStatus, RequesterId and ApprovalFlowId (Keyword) could not be registered: add them to the namespace yourself',
    )
  }
  await client.connection.close()
})
