/** Passwords: argon2id with the parameters OWASP asks for (19 MiB, two passes, one lane). */
import { hash as argon2, verify } from '@node-rs/argon2'
import { invalidInput } from '../../domain/shared/errors.ts'
import { type PasswordOwner, passwordProblem } from './password-rule.ts'
import type { CallerKind } from './turns.ts'
import { createTurns } from './turns.ts'

const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The hash of a password that nobody has, by the same parameters: checking it takes as long as checking a real one. */
export const decoy = '$argon2id$v=19$m=19456,t=2,p=1$rgOMJvXl5SORtgXHL4EYaw$Hex5wOt61xvUyx0Isn0hfNh8R+FtflhzSsjgFg+BG2w'

/**
 * A password as it is hashed: the same however a machine composes its letters, and whichever blank it types
 * (RFC 8265, OpaqueString).
 */
function asTyped(password: string): string {
  return password.replaceAll(/\p{Zs}/gu, ' ').normalize('NFC')
}

/** A PHC string that holds algorithm, parameters, salt and hash. For work of our own: what callers choose goes through `Passwords`. */
export function hashPassword(password: string): Promise<string> {
  return argon2(asTyped(password), options)
}

/** True when the password is the one of the hash. For work of our own, as `hashPassword`. */
export async function isPasswordOf(passwordHash: string, password: string): Promise<boolean> {
  const typed = asTyped(password)
  if (await verify(passwordHash, typed)) return true
  // Hashes from before were made of the password as one machine happened to compose it.
  return typed !== password && verify(passwordHash, password)
}

export interface Passwords {
  /**
   * The hash of a password that somebody is to have from now on, in the turn of a known caller.
   * @param path the field that it stands in
   * @throws DomainError `invalid_input` when it is too easy to guess, `too_many_requests` when too many wait
   */
  hashNew(password: string, owner: PasswordOwner, path: string): Promise<string>
  /**
   * True when the password is the one of the hash.
   * Without a hash the same work is done, so that the time does not tell whether the user exists.
   * Call it within `inTurn`, which limits how many do so at once.
   */
  verify(passwordHash: string | null, password: string): Promise<boolean>
  /** Does the work when it is the caller's turn. @throws DomainError `too_many_requests` when too many wait */
  inTurn<T>(caller: CallerKind, work: () => Promise<T>): Promise<T>
}

export interface PasswordsOptions {
  /** How many passwords are hashed at once; eight times as many callers wait for it, of each kind. */
  atOnce: number
  /** Password to PHC string; tests that hash many take one that is less work. */
  hash?: typeof hashPassword
}

export function createPasswords({ atOnce, hash = hashPassword }: PasswordsOptions): Passwords {
  const inTurn = createTurns({ atOnce, longestQueue: 8 * atOnce })
  return {
    inTurn,
    async hashNew(password, owner, path) {
      const problem = passwordProblem(password, owner)
      if (problem) throw invalidInput(path, problem)
      return inTurn('known', () => hash(asTyped(password)))
    },
    async verify(passwordHash, password) {
      const isRight = await isPasswordOf(passwordHash ?? decoy, password)
      return isRight && passwordHash !== null
    },
  }
}
