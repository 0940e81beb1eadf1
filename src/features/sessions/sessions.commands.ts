/** Signing out; signing in has a file of its own. Each write and its audit entry are one transaction. */
import type { Operation } from '../../domain/operation.ts'
import { auditOf } from '../../domain/operation.ts'
import { deleteSession } from './sessions.repository.ts'
import { createSignIn, type SignInDeps } from './sign-in.commands.ts'

export function createSessions(deps: SignInDeps) {
  return { ...createSignIn(deps), ...signingOut(deps) }
}

function signingOut({ db, auditLog }: SignInDeps) {
  return {
    async signOut(operation: Operation, sessionId: string): Promise<void> {
      await auditLog.within(db, async (tx, record) => {
        await deleteSession(tx, sessionId)
        const { id, name } = operation.actor
        record(auditOf(operation, { eventType: 'user_logout', resource: { type: 'user', id, name } }))
      })
    },
  }
}

export type Sessions = ReturnType<typeof createSessions>
