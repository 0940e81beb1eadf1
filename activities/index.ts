/** Everything workflows may do to the world, in one place. Each call reaches one dependency and translates its failures. */

import type { GrantProposal } from '../src/domain/grant/move.ts'
import type { AccessGrant } from '../src/domain/grant/record.ts'
import type { Proposal } from '../src/domain/request/arbiter.ts'
import type { AccessRequest, ChangingFields } from '../src/domain/request/record.ts'
import type { Refusal } from '../src/domain/shared/errors.ts'
import { createCommitActivities } from './commit.activities.ts'
import { createFanOutActivities } from './fan-out.activities.ts'
import { createProvisioningActivities } from './provisioning.activities.ts'
import { createReconcileActivities, type ReconcileDeps } from './reconcile.activities.ts'
import { createRetentionActivities, type RetentionActivityDeps } from './retention.activities.ts'

export type { Reconciled } from './reconcile.activities.ts'

/** What stands after a message. */
export interface Committed<Record> {
  /** Null when it is the version that the workflow knows already. */
  stored: Record | null
  /** Why the message changed nothing. */
  refusal: Refusal | null
}

/** Access asked of a connected system, or that nobody has to be asked for any more. */
export type GiveAccessResult = { connectorId: string; removals: number } | null

/** Which open requests have to hear of a change. */
export type DirectoryChange = {
  kind: 'flow_deleted' | 'flow_disabled' | 'user_changed' | 'group_changed'
  changedId: string
  eventId: string
}

/** What activities are built from; `src/main/worker.ts` passes the real ones. */
export interface ActivityDeps {
  requests: { commit(proposal: Proposal): Promise<Committed<ChangingFields>> }
  grants: { commit(proposal: GrantProposal): Promise<Committed<AccessGrant>> }
  access: {
    /** Asks the connected system that is the request's target now. */
    give(request: AccessRequest): Promise<GiveAccessResult>
    remove(grant: AccessGrant): Promise<void>
    /** What a connector may have given although no grant says so. */
    undoGive(request: AccessRequest, connectorId: string): Promise<void>
  }
  fanOut: {
    /** Ids of open requests after `after` that must hear of the change, in order. */
    page(change: DirectoryChange, after: string | null): Promise<string[]>
    signal(requestId: string, change: DirectoryChange): Promise<'signalled' | 'closed' | 'not_started'>
    done(eventId: string): Promise<void>
    perSecond: number
  }
  reconcile: ReconcileDeps
  retention: RetentionActivityDeps
}

export function createActivities(deps: ActivityDeps) {
  return {
    ...createCommitActivities(deps),
    ...createProvisioningActivities(deps),
    ...createFanOutActivities(deps),
    ...createReconcileActivities(deps),
    ...createRetentionActivities(deps),
  }
}

export type Activities = ReturnType<typeof createActivities>
