/** What can be said to and asked of a grant's workflow: names and arguments are fixed by the public contract. */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow'
import type { AccessGrant, ExtendMessage, ReturnMessage, RevokeMessage } from '../src/domain/grant/record.ts'

export interface GrantState {
  grant: AccessGrant
  endedAt: string | null
}

export const revokeUpdate = defineUpdate<GrantState, [RevokeMessage]>('revoke')
export const returnUpdate = defineUpdate<GrantState, [ReturnMessage]>('return')
export const extendUpdate = defineUpdate<GrantState, [ExtendMessage]>('extend')
export const revokeSignal = defineSignal<[RevokeMessage]>('revoke')
export const returnSignal = defineSignal<[ReturnMessage]>('return')
export const extendSignal = defineSignal<[ExtendMessage]>('extend')
export const grantStateQuery = defineQuery<GrantState>('state')
/** Not part of the contract: compares what the workflow knows with the row. */
export const lookAgainSignal = defineSignal('lookAgain')
