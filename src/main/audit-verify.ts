/** `npm run audit:verify`: walks the hash chain of the audit log; exit 1 and the first bad row when it is broken. */
import { sql } from 'drizzle-orm'
import { createAuditLog } from '../audit/audit.repository.ts'
import { encryptionKeysOf, readSettings } from '../config/env.ts'
import { createSecretBox } from '../crypto/secret-box.ts'
import { openDatabase } from '../db/client.ts'
import { StartFailure } from '../embedded/start-failure.ts'
import { runMain } from './lifecycle.ts'

await runMain(async () => {
  const settings = readSettings()
  if (!settings.databaseUrl) throw new StartFailure('DATABASE_URL is not set: there is no audit log to verify.')
  const database = openDatabase(settings.databaseUrl, { name: 'gatehouse-audit-verify', max: 1 })
  await database.db.execute(sql`select 1`).catch((cause: unknown) => {
    throw new StartFailure(
      'The database does not answer. Start the service with npm start, or set DATABASE_URL to the address of its database.',
      { cause },
    )
  })
  const { rows, fault } = await createAuditLog({ secretBox: createSecretBox(encryptionKeysOf(settings)) }).verify(
    database.db,
  )
  await database.close()
  if (fault)
    throw new StartFailure(
      `The audit log is broken at row ${fault.seq}: ${fault.fault}. ${rows} rows before it are sound.`,
    )
  process.stdout.write(`The audit log is sound: ${rows} rows.\n`)
})
