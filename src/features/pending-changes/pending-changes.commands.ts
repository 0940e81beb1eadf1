/**
 * Under `FOUR_EYES=require` a change of roles, and a direct membership in a group that a flow gives, waits for a second
 * administrator. Where there is no other at all, it is done at once: nobody is locked out of a fresh install.
 */

import type { Operation } from '../../domain/operation.ts'
import { auditOf } from '../../domain/operation.ts'
import type { AccountAct, FourEyes } from '../../domain/request/four-eyes.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { queueMails } from '../../platform/mail/mail.repository.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import { changeWaitsMails } from './pending-changes.mails.ts'
import type { Change, PendingChange } from './pending-changes.repository.ts'
import {
  decideChange,
  findOpenChange,
  hasOtherAdministrators,
  insertChange,
  lockOpenChange,
  secondAdministrators,
  subjectOf,
  wouldChange,
} from './pending-changes.repository.ts'

export interface PendingChangesDeps {
  db: DbOrTx
  auditLog: Pick<AuditLog, 'within'>
  fourEyes: FourEyes
  /** Carries out a change that was confirmed. */
  setRoles: (operation: Operation, userId: string, roles: string[]) => Promise<unknown>
  addMember: (operation: Operation, ids: { userId: string; groupId: string }) => Promise<unknown>
  /** Whether an approval flow gives the group. */
  isGivenByFlow: (db: DbOrTx, groupId: string) => Promise<boolean>
  noteAccountAct: (tx: DbOrTx, act: { actorId: string; userId: string; act: AccountAct }) => Promise<void>
}

type Verb = 'create' | 'approve' | 'reject'

function notWaiting(): DomainError {
  return new DomainError('not_found', 'There is no such change that waits, or it was decided meanwhile.')
}

export function createPendingChanges(deps: PendingChangesDeps) {
  const { db, auditLog, fourEyes } = deps

  function entryOf(operation: Operation, verb: Verb, change: Pick<PendingChange, 'id' | 'user' | 'group' | 'roles'>) {
    const { id, name } = change.user
    const wanted = change.group ? { groupId: change.group.id, group: change.group.name } : { roles: change.roles }
    return auditOf(operation, {
      eventType: `pending_change_${verb}`,
      resource: { type: 'user', id, name },
      changes: [
        { field: 'pendingChangeId', from: null, to: change.id },
        { field: change.group ? 'member' : 'roles', from: null, to: wanted },
      ],
    })
  }

  async function isSensitive(change: Change): Promise<boolean> {
    if (change.kind === 'member' && !(await deps.isGivenByFlow(db, change.groupId))) return false
    return wouldChange(db, change)
  }

  /** @throws DomainError `not_found`, `own_request` or `four_eyes` */
  async function openFor({ actor }: Operation, id: string): Promise<PendingChange> {
    const change = await findOpenChange(db, id)
    if (!change) throw notWaiting()
    const current = 'waiting'
    if (change.proposedBy.id === actor.id)
      throw new DomainError('own_request', 'You have proposed this yourself: another administrator confirms it.', {
        current,
      })
    if (change.user.id === actor.id)
      throw new DomainError('own_request', 'This is about your own account: another administrator confirms it.', {
        current,
      })
    const others = await secondAdministrators(db, change.proposedBy.id)
    if (others.some((other) => other.id === actor.id)) return change
    throw new DomainError(
      'four_eyes',
      `${change.proposedBy.name} and you are too close: one of you made or promoted the other's account, or had its credentials reset, in the last 30 days. Another administrator confirms this.`,
      { current },
    )
  }

  /** Whoever comes second finds that it was decided: while it is carried out nobody else decides it. */
  async function decide(
    operation: Operation,
    change: PendingChange,
    { verb, run }: { verb: 'approve' | 'reject'; run: () => Promise<void> },
  ): Promise<void> {
    await auditLog.within(db, async (tx, record) => {
      if (!(await lockOpenChange(tx, change.id))) throw notWaiting()
      await run()
      const outcome = verb === 'approve' ? 'approved' : 'rejected'
      await decideChange(tx, change.id, { outcome, decidedBy: operation.actor.id })
      record(entryOf(operation, verb, change))
    })
  }

  async function makeChange(
    operation: Operation,
    { kind, user, roles, group, proposedBy }: PendingChange,
  ): Promise<void> {
    if (kind === 'member' && group) await deps.addMember(operation, { userId: user.id, groupId: group.id })
    if (kind !== 'roles') return
    await deps.setRoles(operation, user.id, roles ?? [])
    // Both have done it: who proposed could act through the account as much as who has confirmed.
    if (roles?.includes('admin'))
      await deps.noteAccountAct(db, { actorId: proposedBy.id, userId: user.id, act: 'promoted' })
  }

  return {
    /** Whether there is a second administrator for whom this person's changes of roles wait. */
    async isAskedFor({ actor }: Operation): Promise<boolean> {
      return fourEyes === 'require' && (await hasOtherAdministrators(db, actor.id))
    },

    /**
     * Keeps the change for a second administrator, and mails them.
     * @returns its id; null when it need not wait and is to be done at once
     */
    async propose(operation: Operation, change: Change): Promise<string | null> {
      if (fourEyes !== 'require' || !(await isSensitive(change))) return null
      const { actor, operationId: id } = operation
      if (!(await hasOtherAdministrators(db, actor.id))) return null
      const others = await secondAdministrators(db, actor.id)
      const { user, group } = await subjectOf(db, change)
      if (!user) return null
      await auditLog.within(db, async (tx, record) => {
        await insertChange(tx, { id, proposedBy: actor.id }, change)
        const to = others.filter((other) => other.id !== change.userId)
        const roles = change.kind === 'roles' ? change.roles : null
        await queueMails(tx, changeWaitsMails(to, { id, by: actor.name, user, roles, group: group ?? null }))
        const named = { id, user: { ...user, email: '' }, group: group ?? null, roles }
        record(entryOf(operation, 'create', named))
      })
      return id
    },

    /**
     * Carries the change out. When the connected system refuses it, the change goes on waiting.
     * @throws DomainError `not_found`, `own_request`, `four_eyes`, or as the change itself is refused
     */
    async approve(operation: Operation, id: string): Promise<void> {
      const change = await openFor(operation, id)
      await decide(operation, change, { verb: 'approve', run: () => makeChange(operation, change) })
    },

    /** By another administrator, or by whoever has proposed it. @throws DomainError `not_found` */
    async reject(operation: Operation, id: string): Promise<void> {
      const change = await findOpenChange(db, id)
      if (!change) throw notWaiting()
      await decide(operation, change, { verb: 'reject', run: async () => undefined })
    },
  }
}

export type PendingChanges = ReturnType<typeof createPendingChanges>
