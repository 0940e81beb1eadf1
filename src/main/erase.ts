/**
 * `npm run erase -- <user id>`: takes name and address of a suspended person out of everything; the facts stay. Signs in
 * as the owner of the tables, because the service itself may not touch the audit log.
 */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { DomainError } from '../domain/shared/errors.ts'
import { mayChangeLog } from '../features/audit/audit.privileges.repository.ts'
import { createAuditLog } from '../features/audit/audit.repository.ts'
import { encryptionKeysOf, readSettings } from '../platform/config/env.ts'
import { StartFailure } from '../platform/config/start-failure.ts'
import { openDatabase } from '../platform/db/client.ts'
import { createSecretBox } from '../platform/secrets/secret-box.ts'
import { createErasure } from './erasure.ts'
import { runMain } from './lifecycle.ts'

await runMain(async () => {
  const [id, ...more] = process.argv.slice(2).filter((word) => word !== 'erase')
  if (!z.uuid().safeParse(id).success || more.length > 0)
    throw new StartFailure('npm run erase takes the id of one user: npm run erase -- <user id>.')
  const settings = readSettings()
  const url = settings.migrationDatabaseUrl ?? settings.databaseUrl
  if (!url) throw new StartFailure('DATABASE_URL is not set: there is nobody to erase.')
  const database = openDatabase(url, { name: 'gatehouse-erase', max: 1 })
  const isOwner = await mayChangeLog(database.db).catch((cause: unknown) => {
    throw new StartFailure(
      'The database does not answer. Start the service with npm start, or set DATABASE_URL to the address of its database.',
      { cause },
    )
  })
  if (!isOwner)
    throw new StartFailure(
      'Set MIGRATION_DATABASE_URL: only the role that owns the tables may erase from the audit log.',
    )
  const auditLog = createAuditLog({ secretBox: createSecretBox(encryptionKeysOf(settings)) })
  const erase = createErasure({ db: database.db, auditLog, newId: randomUUID })
  const erased = await erase((id as string).toLowerCase()).catch((error: unknown) => {
    if (error instanceof DomainError) throw new StartFailure(error.message, { cause: error })
    throw error
  })
  await database.close()
  const counts = Object.entries(erased).map(([what, count]) => `${count} ${what}`)
  process.stdout.write(`Erased: ${counts.join(', ')}. What stays elsewhere, and until when: SECURITY.md.\n`)
})
