/** Somebody must be able to sign in: the first administrator is made when there is none. */
import { createHmac } from 'node:crypto'
import type { AuditLog } from '../features/audit/audit.repository.ts'
import { ensureFirstAdministrator } from '../features/directory/users/first-administrator.commands.ts'
import { findUserByEmail } from '../features/directory/users/users.repository.ts'
import type { EncryptionKey } from '../platform/config/encryption-keys.ts'
import { demoPassword, type Settings } from '../platform/config/env.ts'
import { StartFailure } from '../platform/config/start-failure.ts'
import type { Db } from '../platform/db/client.ts'
import { passwordProblem } from '../platform/secrets/password-rule.ts'
import { hashPassword, isPasswordOf } from '../platform/secrets/passwords.ts'

/** A sign-in whose password was made for it and is used once. */
export interface FirstSignIn {
  email: string
  password: string
}

/**
 * A password that nobody can guess who does not have the key. The same at every start, in every process: one that ended
 * before anybody had read what it printed locks nobody out, and nothing that was printed goes stale.
 */
export function madePassword({ key }: EncryptionKey, of: string): string {
  return createHmac('sha256', key).update(`password of ${of}`).digest('base64url').slice(0, 20)
}

/**
 * @param keys of `ENCRYPTION_KEY`, at least one; the first one makes the password when the settings have none
 * @returns that password, until its owner has chosen another one
 * @throws StartFailure when the password of the settings is too easy to guess
 */
export async function ensureAdministrator(
  { db, auditLog }: { db: Db; auditLog: AuditLog },
  { adminEmail: email, adminPassword: password }: Pick<Settings, 'adminEmail' | 'adminPassword'>,
  keys: readonly EncryptionKey[],
): Promise<FirstSignIn | undefined> {
  const deps = { db, auditLog, hashPassword }
  if (password !== undefined) {
    await ensureFirstAdministrator(
      { ...deps, hashPassword: (chosen) => hashChosen(chosen, email) },
      { email, password },
    )
    return undefined
  }
  const passwordsOf = (userId: string) => keys.map((key) => madePassword(key, `first administrator ${userId}`))
  await ensureFirstAdministrator(deps, {
    email,
    password: (userId) => passwordsOf(userId)[0] as string,
    mustChangePassword: true,
  })
  const user = await findUserByEmail(db, email)
  if (!user?.mustChangePassword || !user.passwordHash) return undefined
  for (const made of passwordsOf(user.id)) {
    if (await isPasswordOf(user.passwordHash, made)) return { email, password: made }
  }
  return undefined
}

async function hashChosen(password: string, email: string): Promise<string> {
  const problem = passwordProblem(password, { name: 'Administrator', email })
  // That of the demo is known to everybody, and meant to be: the settings allow it nowhere else.
  if (problem && password !== demoPassword) throw new StartFailure(`ADMIN_PASSWORD ${problem.message}.`)
  return hashPassword(password)
}

/** Tells whoever starts the service: the table of `npm start`, or else standard output. Neither log nor audit log has it. */
export function announceFirstSignIn(signIn: FirstSignIn | undefined): void {
  if (!signIn) return
  const { email, password } = signIn
  if (process.send) process.send({ type: 'first-sign-in', email, password })
  else process.stdout.write(`First sign-in: ${email} / ${password} (then it asks for a new password)\n`)
}
