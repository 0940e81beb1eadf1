/** Somebody must be able to sign in: the first administrator is made when there is none. */
import type { AuditLog } from '../audit/audit.repository.ts'
import { hashPassword } from '../crypto/passwords.ts'
import type { Db } from '../db/client.ts'
import { ensureFirstAdministrator } from '../users/first-administrator.commands.ts'

export async function ensureAdministrator(
  { db, auditLog }: { db: Db; auditLog: AuditLog },
  administrator: { email: string; password: string },
): Promise<void> {
  await ensureFirstAdministrator({ db, auditLog, hashPassword }, administrator)
}
