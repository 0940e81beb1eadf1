/** Brings the database and the namespace to this version: schema, search attributes. */
import { encryptionKeysOf, readSettings } from '../platform/config/env.ts'
import { StartFailure } from '../platform/config/start-failure.ts'
import { migrateDatabase } from '../platform/db/migrate.ts'
import { createTemporalClient } from '../platform/engine/client.ts'
import { registerSearchAttributes } from '../platform/engine/search-attributes.ts'
import { createLog } from '../platform/log/log.ts'
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
