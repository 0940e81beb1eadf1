/** Writes what happened: row, audit entries and mails of one transition in one transaction. */
import type { AccessGrant, GrantEnd } from '../src/domain/access-grant.ts'
import type { ActivityDeps, RecordedTransition } from './index.ts'

export function createReadModelActivities({ requests, grants }: Pick<ActivityDeps, 'requests' | 'grants'>) {
  return {
    recordRequest: (transition: RecordedTransition) => requests.record(transition),
    recordGrantEnd: (grant: AccessGrant, end: GrantEnd) => grants.recordEnd(grant, end),
    recordGrantExtension: (grant: AccessGrant, change: { by: string; until: string; at: string }) =>
      grants.recordExtension(grant, change),
    recordGrantEndFailure: (grant: AccessGrant, failure: { message: string; at: string }) =>
      grants.recordEndFailure(grant, failure),
    recordGrantRefusal: (grant: AccessGrant, refusal: Parameters<ActivityDeps['grants']['recordRefusal']>[1]) =>
      grants.recordRefusal(grant, refusal),
    announceGrantEnd: (grant: AccessGrant) => grants.announceEnd(grant),
  }
}
