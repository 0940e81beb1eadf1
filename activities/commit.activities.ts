/** Judges a message and writes what follows from it, in one transaction; returns what stands there then. */

import type { GrantProposal } from '../src/domain/grant/move.ts'
import type { Proposal } from '../src/domain/request/arbiter.ts'
import type { ActivityDeps } from './index.ts'

export function createCommitActivities({ requests, grants }: Pick<ActivityDeps, 'requests' | 'grants'>) {
  return {
    commitRequest: (proposal: Proposal) => requests.commit(proposal),
    commitGrant: (proposal: GrantProposal) => grants.commit(proposal),
  }
}
