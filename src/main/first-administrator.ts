/** Somebody must be able to sign in: the first administrator is made when there is none. */
import type { AuditLog } from '../audit/audit.repository.ts'
import { passwordProblem } from '../crypto/password-rule.ts'
import { hashPassword } from '../crypto/passwords.ts'
import type { Db } from '../db/client.ts'
import { demoPassword } from '../demo/demo-people.ts'
import { StartFailure } from '../embedded/start-failure.ts'
import { ensureFirstAdministrator, type FirstAdministrator } from '../users/first-administrator.commands.ts'

/**
 * `mustChangePassword` is for a password that the start has made: it is changed at the first sign-in.
 * @throws StartFailure when the password is too easy to guess
 */
export async function ensureAdministrator(
  { db, auditLog }: { db: Db; auditLog: AuditLog },
  administrator: FirstAdministrator,
): Promise<void> {
  async function hash(password: string): Promise<string> {
    const problem = passwordProblem(password, { name: 'Administrator', email: administrator.email })
    // That of the demo is known to everybody, and meant to be.
    if (problem && password !== demoPassword) throw new StartFailure(`ADMIN_PASSWORD ${problem}.`)
    return hashPassword(password)
  }
  await ensureFirstAdministrator({ db, auditLog, hashPassword: hash }, administrator)
}
