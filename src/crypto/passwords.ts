/** Passwords: argon2id with the parameters OWASP asks for (19 MiB, two passes, one lane). */
import { hash, verify } from '@node-rs/argon2'

const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** A PHC string that holds algorithm, parameters, salt and hash. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, options)
}

let decoy: Promise<string> | undefined

/**
 * True when the password is the one of the hash.
 * Without a hash the same work is done, so that the time does not tell whether the user exists.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  if (passwordHash !== null) return verify(passwordHash, password)
  decoy ??= hashPassword('nobody has this password')
  await verify(await decoy, password)
  return false
}
