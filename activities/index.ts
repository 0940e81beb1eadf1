/** Everything workflows may do to the world, in one place. Each call reaches one dependency and translates its failures. */
import type { AccessGrant, GrantEnd } from '../src/domain/access-grant.ts'
import type { AccessRequest, ApproverRule, CancelCause, Grant } from '../src/domain/access-request.ts'
import type { DirectoryFacts } from '../src/domain/approvers.ts'
import type { RequestEvent } from '../src/domain/events.ts'
import type { ActingUser } from '../src/domain/transition.ts'
import { createDirectoryActivities } from './directory.activities.ts'
import { createFanOutActivities } from './fan-out.activities.ts'
import { createProvisioningActivities } from './provisioning.activities.ts'
import { createReadModelActivities } from './read-model.activities.ts'

/** Access was given, or may not be given any more. */
export type GiveAccessResult = { given: Grant } | { closed: CancelCause }

/** Which open requests have to hear of a change. */
export type FanOutSubject = {
  kind: 'flow_deleted' | 'flow_disabled' | 'user_changed' | 'group_changed'
  subjectId: string
  eventId: string
}

export interface RecordedTransition {
  request: AccessRequest
  events: RequestEvent[]
  /** Makes the audit entries of a refusal distinct; transitions are told apart by their version. */
  refusal?: string
}

/** What activities are built from; `src/main/worker.ts` passes the real ones. */
export interface ActivityDeps {
  directory: {
    lookUpActor(userId: string): Promise<ActingUser | null>
    lookUpFacts(query: { requesterId: string; approvers: readonly ApproverRule[] }): Promise<DirectoryFacts>
  }
  requests: { record(transition: RecordedTransition): Promise<void> }
  access: {
    give(request: AccessRequest, now: string): Promise<GiveAccessResult>
    takeAway(grant: AccessGrant): Promise<void>
    /** What a connector may have given although it did not say so. */
    takeBack(request: AccessRequest): Promise<void>
  }
  grants: {
    recordEnd(grant: AccessGrant, end: GrantEnd): Promise<void>
    recordExtension(grant: AccessGrant, change: { by: string; until: string; at: string }): Promise<void>
    recordEndFailure(grant: AccessGrant, failure: { message: string; at: string }): Promise<void>
    announceEnd(grant: AccessGrant): Promise<void>
    recordRefusal(
      grant: AccessGrant,
      refusal: { message: string; by: string | null; code: string; detail: string; at: string },
    ): Promise<void>
  }
  fanOut: {
    /** Ids of open requests after `after` that must hear of the change, in order. */
    page(subject: FanOutSubject, after: string | null): Promise<string[]>
    signal(requestId: string, subject: FanOutSubject): Promise<'signalled' | 'closed' | 'not_started'>
    done(eventId: string): Promise<void>
    perSecond: number
  }
}

export function createActivities(deps: ActivityDeps) {
  return {
    /** See `workflows/durable-order.ts`. */
    standInHistory: async () => undefined,
    ...createDirectoryActivities(deps),
    ...createReadModelActivities(deps),
    ...createProvisioningActivities(deps),
    ...createFanOutActivities(deps),
  }
}

export type Activities = ReturnType<typeof createActivities>
