/** Who may sign in with a password, and so set, change or be mailed one: `PASSWORD_SIGN_IN`. */
import { isAdministrator } from '../../domain/abilities.ts'
import { DomainError } from '../../domain/shared/errors.ts'

export const passwordSignIns = ['on', 'administrators', 'off'] as const
export type PasswordSignIn = (typeof passwordSignIns)[number]

export type PasswordPolicy = ReturnType<typeof createPasswordPolicy>

type WithRoles = { roles: readonly string[] }

/** @param providerName what people call the identity provider; null when there is none */
export function createPasswordPolicy(passwordSignIn: PasswordSignIn, providerName: string | null) {
  const way = providerName === null ? '' : ` Sign in with ${providerName}.`

  function isFor(person: WithRoles): boolean {
    return passwordSignIn === 'on' || (passwordSignIn === 'administrators' && isAdministrator(person))
  }

  return {
    passwordSignIn,
    isFor,

    /** @throws DomainError `password_sign_in_off` where nobody has anything to do with passwords */
    refuseUnlessForSome(): void {
      if (passwordSignIn === 'off')
        throw new DomainError('password_sign_in_off', `Passwords are switched off here.${way}`)
    },

    /** @throws DomainError `password_sign_in_off` for whom a password would open nothing */
    refuseUnlessFor(person: WithRoles): void {
      if (isFor(person)) return
      const who =
        passwordSignIn === 'off' ? 'Passwords are switched off here.' : 'Only administrators have passwords here.'
      throw new DomainError('password_sign_in_off', who + way)
    },
  }
}
