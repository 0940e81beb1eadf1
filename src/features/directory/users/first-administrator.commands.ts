/** A service that nobody administers makes its first administrator by itself. */
import { v7 as uuidv7 } from 'uuid'
import { auditOfSystem, changesBetween } from '../../../domain/operation.ts'
import type { DbOrTx } from '../../../platform/db/columns.ts'
import type { UsersDeps } from './users.commands.ts'
import { findUserByEmail, insertUser, lacksAdministrator, updateUser } from './users.repository.ts'

const role = { roles: ['admin'], state: 'activated' as const }
const name = 'Administrator'

export interface FirstAdministrator {
  email: string
  /** The one that they have, or the one that is made for whoever gets this id. */
  password: string | ((userId: string) => string)
  /** Whether the first sign-in asks for a new one. */
  mustChangePassword?: boolean
}

type Credentials = (userId: string) => Promise<{ passwordHash: string; mustChangePassword: boolean }>

/** Somebody who is there under the address gets the role, and keeps the password they have. */
async function promote(tx: DbOrTx, email: string, credentialsOf: Credentials) {
  const known = await findUserByEmail(tx, email)
  if (!known) return undefined
  await updateUser(tx, known.id, { ...role, ...(known.passwordHash ? {} : await credentialsOf(known.id)) })
  const before = { roles: known.roles, state: known.state }
  return { eventType: 'user_update' as const, user: known, changes: changesBetween(before, role) }
}

async function make(tx: DbOrTx, email: string, credentialsOf: Credentials) {
  const user = { id: uuidv7(), name, email, ...role }
  await insertUser(tx, { ...user, ...(await credentialsOf(user.id)) })
  return { eventType: 'user_create' as const, user, changes: changesBetween(null, { name, email, ...role }) }
}

export interface FirstAdministratorDeps extends Pick<UsersDeps, 'db' | 'auditLog'> {
  /** Password to PHC string. Called only when the administrator is made. */
  hashPassword: (password: string) => Promise<string>
}

/**
 * Makes the first administrator when nobody has the role; a user who is there under this e-mail address becomes it.
 * Of several processes that start at once one does it.
 * @param mustChangePassword the password is good for one sign-in, in which another one has to be chosen
 * @returns true when it was made by this call
 */
export async function ensureFirstAdministrator(
  { db, auditLog, hashPassword }: FirstAdministratorDeps,
  { email, password, mustChangePassword = false }: FirstAdministrator,
): Promise<boolean> {
  const credentialsOf: Credentials = async (userId) => ({
    passwordHash: await hashPassword(typeof password === 'string' ? password : password(userId)),
    mustChangePassword,
  })
  return auditLog.within(db, async (tx, record) => {
    if (!(await lacksAdministrator(tx))) return false
    const made = (await promote(tx, email, credentialsOf)) ?? (await make(tx, email, credentialsOf))
    const { eventType, user, changes } = made
    const resource = { type: 'user', id: user.id, name: user.name }
    record(auditOfSystem(`first-administrator:${user.id}`, { eventType, resource, changes }))
    return true
  })
}
