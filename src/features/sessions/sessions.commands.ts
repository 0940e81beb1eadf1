/** Signing out; signing in has a file of its own. Each write and its audit entry are one transaction. */
import type { Operation } from '../../domain/operation.ts'
import { auditOf } from '../../domain/operation.ts'
import { findIdToken } from './oidc.repository.ts'
import { deleteSession } from './sessions.repository.ts'
import { createSignIn, type SignInDeps } from './sign-in.commands.ts'

interface SignOutDeps extends Pick<SignInDeps, 'db' | 'auditLog'> {
  /** Left out where there is no provider. */
  signOutAtProvider?: SignOutAtProvider | undefined
}

export function createSessions(deps: SignInDeps & SignOutDeps) {
  return { ...createSignIn(deps), ...signingOut(deps) }
}

/** Where somebody signs out of the identity provider, too; by the id token of their session, encrypted. */
export type SignOutAtProvider = (idToken: Buffer) => Promise<string | null>

function signingOut({ db, auditLog, signOutAtProvider }: SignOutDeps) {
  return {
    /** @returns where the browser goes on to be signed out there, too; null for a session that no provider has opened */
    async signOut(operation: Operation, sessionId: string): Promise<string | null> {
      const idToken = await findIdToken(db, sessionId)
      await auditLog.within(db, async (tx, record) => {
        await deleteSession(tx, sessionId)
        const { id, name } = operation.actor
        record(auditOf(operation, { eventType: 'user_logout', resource: { type: 'user', id, name } }))
      })
      return idToken && signOutAtProvider ? signOutAtProvider(idToken) : null
    },
  }
}

export type Sessions = ReturnType<typeof createSessions>
