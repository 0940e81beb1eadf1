/** What happened to a request in one transition: the audit entries and mails are made from these. */

import type { Person } from '../shared/person.ts'
import type { AccountAct } from './four-eyes.ts'
import type { Origin } from './messages.ts'
import type { CancelCause, MissingData, RequestStatus } from './record.ts'

export type RequestEvent =
  | { type: 'submitted'; origin?: Origin | undefined }
  | {
      type: 'step_decided'
      step: number
      by: Person
      decision: 'approve' | 'deny'
      reason: string | null
      fourEyes?: AccountAct | undefined
      origin?: Origin | undefined
    }
  | {
      type: 'overridden'
      by: Person
      decision: 'grant' | 'deny'
      /** Order of the steps that were skipped by it. */
      steps: number[]
      reason: string | null
      internalNotes: string | null
      fourEyes?: AccountAct | undefined
      origin?: Origin | undefined
    }
  /** Approvers who now have to act, as they become current. */
  | { type: 'approvers_awaited'; people: Person[]; steps: number[] }
  /** A step of one person (a manager, an owner, somebody named) is somebody else's now, or nobody's. */
  | { type: 'approver_replaced'; step: number; from: Person | null; to: Person | null }
  | { type: 'missing_data_found'; missing: MissingData[] }
  | { type: 'missing_data_filled' }
  | { type: 'approved'; from: RequestStatus }
  | { type: 'denied'; from: RequestStatus }
  | { type: 'expired'; from: RequestStatus }
  | { type: 'canceled'; from: RequestStatus; cause: CancelCause; by: Person | null; origin?: Origin | undefined }
  | { type: 'failed'; from: RequestStatus; message: string; attempts: number }
