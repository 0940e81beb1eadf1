/** Somebody must be able to sign in: the first administrator is made when there is none. */
import type { AuditLog } from '../audit/audit.repository.ts'
import { hashPassword } from '../crypto/passwords.ts'
import type { Db } from '../db/client.ts'
import { ensureFirstAdministrator, type FirstAdministrator } from '../users/first-administrator.commands.ts'

/** `mustChangePassword` is for a password that the start has made: it is changed at the first sign-in. */
export async function ensureAdministrator(
  { db, auditLog }: { db: Db; auditLog: AuditLog },
  administrator: FirstAdministrator,
): Promise<void> {
  await ensureFirstAdministrator({ db, auditLog, hashPassword }, administrator)
}
