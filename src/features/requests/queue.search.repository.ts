/**
 * What is asked for in the queue beyond tab, status and type, as conditions. People are looked up in the directory, by name,
 * address and department of now; flow, reason and the name are in the row.
 */
import { and, eq, gte, lt, or, type SQL, sql } from 'drizzle-orm'
import { isUuid } from '../../domain/shared/uuid.ts'
import { idList } from '../../platform/db/columns.ts'
import { folded, hasWord, isBeginningOfId, isSearched, wordsOf } from '../../platform/db/search.ts'
import { users } from '../directory/users/users.table.ts'
import { type Bucket, bucketsOf } from './buckets.ts'
import type { RequestFilter } from './requests.schemas.ts'
import { accessRequests, expiry, isForAdministratorsRow, isOpenRow } from './requests.table.ts'

export const isIn = (chosen: readonly Bucket[]) =>
  sql`bucket = any(array[${sql.raw(chosen.map(({ number }) => number).join(', '))}]::smallint[])`

/** How rows are looked at: one by one, for which people are listed once, or by an index that leads to those of each person. */
export type Reading = 'one by one' | 'by index'

function isOf(people: SQL | undefined, reading: Reading): SQL {
  const ids = sql`select ${users.id} from ${users} where ${people ?? sql`true`}`
  const { requesterId } = accessRequests
  return reading === 'by index' ? sql`${requesterId} = any(array(${ids}))` : sql`${requesterId} in (${ids})`
}

function byRequester(requester: string, reading: Reading): SQL {
  if (isUuid(requester)) return eq(accessRequests.requesterId, requester)
  return isOf(isSearched(users.personText, requester), reading)
}

function bySearch(q: string, reading: Reading): SQL | undefined {
  const { id, searchText } = accessRequests
  if (isUuid(q)) return eq(id, q)
  const has = (word: string) =>
    or(hasWord(searchText, word), isBeginningOfId(id, word), isOf(hasWord(users.searchText, word), reading))
  return and(...wordsOf(q).map(has))
}

const isOfDepartment = (department: string) => sql`${folded(users.department)} = folded(${department})`

/** For whom a request waits: assigned approvers are in the row; in the other tab it waits for every administrator but who asks. */
function byApprover(approver: string, { queue }: RequestFilter): SQL | undefined {
  const isAssigned = and(sql`${accessRequests.awaitedIds} @> array[${approver}::uuid]`, isOpenRow)
  if (queue === 'others') return isAssigned
  const isAdministrator = sql`exists (select from ${users}
    where ${users.id} = ${approver} and ${users.state} = 'activated' and 'admin' = any(${users.roles}))`
  return or(isAssigned, and(isForAdministratorsRow, sql`${accessRequests.requesterId} <> ${approver}`, isAdministrator))
}

/** Requests that expire within the time that is asked for. Closed ones expire never. */
export function expiringWithin({ expiresAfter, expiresBefore }: RequestFilter): SQL | undefined {
  if (!expiresAfter && !expiresBefore) return undefined
  const at = expiry(accessRequests)
  return and(expiresAfter ? gte(at, expiresAfter) : undefined, lt(at, expiresBefore ?? 'infinity'))
}

/** What is asked for beyond buckets and the time of submission. */
export function rareOf(filter: RequestFilter, reading: Reading): SQL | undefined {
  const { requester, flow, department, approver, q } = filter
  const expires = expiringWithin(filter)
  return and(
    requester ? byRequester(requester, reading) : undefined,
    flow?.length ? sql`${accessRequests.flowId} = any(${idList(flow)})` : undefined,
    department ? isOf(isOfDepartment(department), reading) : undefined,
    approver ? byApprover(approver, filter) : undefined,
    // The index of what expires begins with the bucket.
    expires && reading === 'by index' ? and(isIn(bucketsOf(filter)), expires) : expires,
    q ? bySearch(q, reading) : undefined,
  )
}

/** True when an index leads to few rows at once. */
export function isPrecise({ requester, q }: RequestFilter): boolean {
  return (requester !== undefined && isUuid(requester)) || (q !== undefined && isUuid(q))
}
