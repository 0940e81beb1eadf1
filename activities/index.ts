/** Everything workflows may do to the world, in one place. Each call reaches one dependency and translates its failures. */

import { heartbeat } from '@temporalio/activity'
import type { GrantProposal } from '../src/domain/grant/move.ts'
import type { AccessGrant } from '../src/domain/grant/record.ts'
import type { Proposal } from '../src/domain/request/arbiter.ts'
import type { AccessRequest, ChangingFields } from '../src/domain/request/record.ts'
import type { Refusal } from '../src/domain/shared/errors.ts'
import { createFanOutActivities } from './fan-out.activities.ts'
import { createProvisioningActivities } from './provisioning.activities.ts'
import { createSourcesActivities } from './sources.activities.ts'

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

/** What a comparison of rows with their workflows has found. */
export interface Reconciled {
  /** Requests and grants that were compared. */
  lookedAt: number
  /** Those that differed; mended unless nothing was to be changed. */
  differing: number
}

/** One reading of a source of people. */
export interface SourceRun {
  runId: string
  sourceId: string
  /** Everything; or what has changed, where that is known and everything was read within a day. */
  mode: 'full' | 'changes'
  /** Only says what would come of it. */
  isDryRun: boolean
  /** Somebody has seen how many leave, and wants it. */
  isConfirmed: boolean
}

/** Of a schedule: without an id, which each run makes. */
export type SourceRunRequest = Omit<SourceRun, 'runId'> & { runId?: string }

/** What activities are built from; `src/main/worker-parts.ts` passes the real ones. */
export interface ActivityDeps {
  /** Judges a message and writes what follows from it, in one transaction; resolves with what stands there then. */
  requests: { commit(proposal: Proposal): Promise<Committed<ChangingFields>> }
  grants: { commit(proposal: GrantProposal): Promise<Committed<AccessGrant>> }
  access: {
    /** Asks the connected system that is the request's target now. */
    give(request: AccessRequest): Promise<GiveAccessResult>
    remove(grant: AccessGrant): Promise<void>
    /** What a connector may have given although no grant says so. */
    undoGive(request: AccessRequest, connectorId: string): Promise<void>
    /** Tells a system what nobody else tells it. `progress` is called now and then while it goes on. */
    settleSystem(connectorId: string, progress: () => void): Promise<void>
  }
  fanOut: {
    /** Ids of open requests after `after` that must hear of the change, in order. */
    page(change: DirectoryChange, after: string | null): Promise<string[]>
    signal(requestId: string, change: DirectoryChange): Promise<'signalled' | 'closed' | 'not_started'>
    done(eventId: string): Promise<void>
    perSecond: number
  }
  /** Compares rows with workflows, and mends. `progress` is called now and then while it goes on. */
  reconcile: { run(options: { isThorough: boolean }, progress: () => void): Promise<Reconciled> }
  sources: {
    /** @throws DomainError: nothing was written then. `progress` is called now and then while it goes on */
    sync(run: SourceRun, progress: () => void): Promise<void>
    /** Writes down why nothing came of it. */
    fail(run: SourceRun, reason: string): Promise<void>
  }
  /** Removes what is older than it is kept. */
  retention: { removeOld(): Promise<void> }
}

export function createActivities(deps: ActivityDeps) {
  return {
    commitRequest: (proposal: Proposal) => deps.requests.commit(proposal),
    commitGrant: (proposal: GrantProposal) => deps.grants.commit(proposal),
    ...createProvisioningActivities(deps),
    ...createFanOutActivities(deps),
    ...createSourcesActivities(deps),
    reconcileAll: (options: { isThorough: boolean }) => deps.reconcile.run(options, () => heartbeat()),
    removeOldRecords: () => deps.retention.removeOld(),
  }
}

export type Activities = ReturnType<typeof createActivities>
