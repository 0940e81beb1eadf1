/** What can be said to and asked of a request's workflow: names and arguments are fixed by the public contract. */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow'
import type {
  DecideMessage,
  FlowClosedMessage,
  OverrideMessage,
  WithdrawMessage,
} from '../src/domain/request/messages.ts'
import type { AccessRequest, RequestStatus } from '../src/domain/request/record.ts'
import type { AccessRequestView } from '../src/domain/request/view.ts'

/** The state after a message was carried out, as the row has it. */
export interface Carried {
  status: RequestStatus
  version: number
}

export const decideUpdate = defineUpdate<Carried, [DecideMessage]>('decide')
export const overrideUpdate = defineUpdate<Carried, [OverrideMessage]>('override')
export const withdrawUpdate = defineUpdate<Carried, [WithdrawMessage]>('withdraw')

export const decideSignal = defineSignal<[DecideMessage]>('decide')
export const overrideSignal = defineSignal<[OverrideMessage]>('override')
export const withdrawSignal = defineSignal<[WithdrawMessage]>('withdraw')
export const directoryChangedSignal = defineSignal<[Record<string, never>?]>('directoryChanged')
export const flowClosedSignal = defineSignal<[FlowClosedMessage]>('flowClosed')

export const stateQuery = defineQuery<AccessRequestView>('state')
/** Not part of the contract: the record as it is, for the comparison with the row. */
export const recordQuery = defineQuery<AccessRequest>('record')
