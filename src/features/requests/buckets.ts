/**
 * Buckets of the queue: each combination of tab, approval type and status has a number, which its rows keep.
 * Whatever is filtered by these three is a choice of buckets; in each, an index has the rows in every order of the queue.
 */
import { type ApprovalType, approvalTypes } from '../../domain/flow/flow.ts'
import { type Queue, queues, type RequestStatus, requestStatuses } from '../../domain/request/record.ts'
import type { RequestFilter } from './requests.schemas.ts'

export interface Bucket {
  number: number
  queue: Queue
  approvalType: ApprovalType
  status: RequestStatus
}

/** In the order of their numbers. */
export const buckets: readonly Bucket[] = queues
  .flatMap((queue) =>
    approvalTypes.flatMap((approvalType) => requestStatuses.map((status) => ({ queue, approvalType, status }))),
  )
  .map((bucket, number) => ({ number, ...bucket }))

const place = (names: readonly string[], column: string) =>
  `(array_position(array[${names.map((name) => `'${name}'::text`).join(', ')}], ${column}) - 1)`

/** The number of a row's bucket, made by the database. */
export const bucketOfRow = [
  `(${place(queues, 'queue')} * ${approvalTypes.length * requestStatuses.length}`,
  `${place(approvalTypes, 'approval_type')} * ${requestStatuses.length}`,
  `${place(requestStatuses, 'status')})::smallint`,
].join(' + ')

export interface BucketFilter {
  queue?: Queue | undefined
  status?: RequestStatus[] | undefined
  approvalType?: ApprovalType[] | undefined
}

/** Those that a filter chooses; all of what it does not name. */
export function bucketsOf({ queue, status, approvalType }: BucketFilter): Bucket[] {
  return buckets.filter(
    (bucket) =>
      (!queue || bucket.queue === queue) &&
      (!status?.length || status.includes(bucket.status)) &&
      (!approvalType?.length || approvalType.includes(bucket.approvalType)),
  )
}

/** True when requests are filtered by tab, status and approval type at most, of which sums are kept. */
export function isBySums({ queue: _queue, status: _status, approvalType: _type, ...others }: RequestFilter): boolean {
  return Object.values(others).every(isNothing)
}

/** True when requests are filtered by those and by when they were submitted at most: sums are kept of each day, too. */
export function isByDays({ from: _from, to: _to, ...others }: RequestFilter): boolean {
  return isBySums(others)
}

const isNothing = (value: string | string[] | undefined) => value === undefined || value.length === 0
