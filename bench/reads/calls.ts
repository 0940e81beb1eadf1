/** Every call whose time must not grow with the data, and how quick it should be. */

import type { Known } from './known.ts'
import { rareWord } from './plan.ts'

/** Milliseconds over HTTP with the most requests. */
export interface Goal {
  p50?: number
  p99?: number
}

export interface Call {
  name: string
  path: string
  goal: Goal
  /** Who asks; an administrator when nobody is named. */
  userId?: string
  /** Part of the short run. */
  isShort?: boolean
}

const list: Goal = { p50: 8, p99: 30 }
const search: Goal = { p99: 60 }
const counters: Goal = { p50: 5 }
const overview: Goal = { p50: 50 }
const events: Goal = { p50: 30 }
const directory: Goal = { p50: 20 }

type Query = Record<string, string | number>

const queryOf = (query: Query) =>
  new URLSearchParams(Object.entries(query).map(([key, value]): [string, string] => [key, String(value)]))
const withQuery = (path: string, query: Query) =>
  Object.keys(query).length === 0 ? path : `${path}?${queryOf(query).toString()}`

/** Names are unique; ratios are kept by them. */
export function callsOf(known: Known): Call[] {
  return [
    ...sorts(known),
    ...filters(known),
    ...searches(known),
    ...counts(known),
    ...overviews(),
    ...insights(known),
    ...directoryCalls(known),
    ...ownCalls(known),
  ]
}

/** Their names are what is asked, unless that is different at every run. */
function queue(query: Query, { name, ...more }: Partial<Call> = {}): Call {
  return { name: name ?? `list ${readable(query)}`, path: withQuery('/access-requests', query), goal: list, ...more }
}

const readable = (query: Query) =>
  Object.entries(query)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ') || 'default'

function sorts({ deep }: Known): Call[] {
  const fields = ['createdAt', 'requesterName', 'flowName', 'status', 'expiresAt'].flatMap((field) => [
    field,
    `-${field}`,
  ])
  return [
    queue({ limit: 50 }, { isShort: true }),
    queue({ limit: 50, view: 'summary' }, { isShort: true }),
    ...fields.flatMap((sort) => {
      const cursor = deep[`queue ${sort}`] as string
      return [queue({ sort }), queue({ sort, cursor }, { name: `list sort=${sort}, in the middle` })]
    }),
  ]
}

function filters({ askerId, from, to, deep }: Known): Call[] {
  const week = { from, to }
  const plain: Query[] = [
    ...[{ queue: 'administrator' }, { queue: 'others' }, { approvalType: 'automatic' }, { approvalType: 'manual' }],
    ...['pending', 'approved', 'denied', 'canceled', 'expired', 'missing_data', 'error'].map((status) => ({ status })),
    { status: 'pending,error' },
    { requester: 'Müller' },
    { requester: 'Țurcanu' },
    { requester: 'Nobody' },
    { queue: 'others', status: 'pending' },
    { queue: 'others', status: 'approved' },
    { queue: 'administrator', status: 'denied' },
    { status: 'approved', approvalType: 'automatic' },
    { status: 'error', approvalType: 'automatic' },
    { status: 'denied', approvalType: 'automatic' },
    { queue: 'administrator', approvalType: 'automatic' },
    { queue: 'administrator', status: 'expired', sort: 'flowName' },
    { status: 'missing_data', sort: 'requesterName' },
    { status: 'canceled', sort: '-requesterName' },
    { approvalType: 'automatic', sort: 'requesterName' },
    { queue: 'others', sort: '-expiresAt' },
    { requester: 'Müller', status: 'canceled' },
    { requester: 'Țurcanu', status: 'pending' },
    { requester: 'Țurcanu', queue: 'administrator', sort: 'flowName' },
  ]
  return [
    ...plain.map((query) => queue(query)),
    queue({ queue: 'others', approvalType: 'automatic' }, { isShort: true }),
    queue({ status: 'pending', approvalType: 'automatic' }, { isShort: true }),
    queue({ requester: askerId }, { name: 'list requester=id' }),
    queue({ requester: askerId, status: 'denied' }, { name: 'list requester=id status=denied' }),
    queue({ requester: askerId, approvalType: 'automatic' }, { name: 'list requester=id approvalType=automatic' }),
    queue({ requester: askerId, sort: 'flowName' }, { name: 'list requester=id sort=flowName' }),
    queue(week, { name: 'list a week of last year' }),
    queue({ ...week, status: 'denied' }, { name: 'list a week of last year, denied' }),
    queue({ ...week, approvalType: 'automatic' }, { name: 'list a week of last year, automatic' }),
    queue({ ...week, status: 'pending' }, { name: 'list a week of last year, pending (none)', isShort: true }),
    queue({ ...week, sort: 'requesterName' }, { name: 'list a week of last year, sort=requesterName' }),
    queue(
      { queue: 'others', status: 'approved', cursor: deep['queue -createdAt'] as string },
      { name: 'list others approved, in the middle' },
    ),
  ]
}

function searches({ requestId }: Known): Call[] {
  const found = (q: string, more: Query = {}, rest: Partial<Call> = {}) =>
    queue({ q, ...more }, { goal: search, ...rest })
  return [
    found('qj', {}, { name: 'search of 2 letters, no hit', isShort: true }),
    found('a', {}, { name: 'search of 1 letter' }),
    found('an', {}, { name: 'search of 2 letters' }),
    found(rareWord, {}, { name: 'search of 3 rare letters', isShort: true }),
    found('xyzzy', {}, { name: 'search, no hit' }),
    found(requestId, {}, { name: 'search of an id', isShort: true }),
    found('report', {}, { name: 'search of a common word' }),
    found('incident review', {}, { name: 'search of two words' }),
    found(rareWord, { status: 'pending' }, { name: 'search of 3 rare letters, pending' }),
    found('report', { queue: 'others' }, { name: 'search of a common word, others' }),
    found('report', { sort: 'requesterName' }, { name: 'search of a common word, sort=requesterName' }),
  ]
}

function counts({ from, to }: Known): Call[] {
  const counter = (name: string, query: Query, isShort = false): Call => ({
    name: `counters ${name}`,
    path: withQuery('/access-requests/counts', query),
    goal: counters,
    isShort,
  })
  return [
    counter('no filter', {}),
    counter('pending, missing_data, error', { status: 'pending,missing_data,error' }, true),
    counter('others + automatic (none)', { status: 'pending', approvalType: 'automatic' }),
    counter('a week of last year', { from, to }),
    counter('q=an', { q: 'an' }, true),
    counter(`q=${rareWord}`, { q: rareWord }),
  ]
}

function overviews(): Call[] {
  return [30, 90, 365].map((days) => ({
    name: `overview ${days} days`,
    path: withQuery('/access-requests/overview', { days }),
    goal: overview,
    isShort: days === 90,
  }))
}

function insights({ from, to, askerId, askerEmail, requestId, deep }: Known): Call[] {
  const found = (name: string, query: Query, isShort = false): Call => ({
    name: `events ${name}`,
    path: withQuery('/directory-insights/events', query),
    goal: events,
    isShort,
  })
  return [
    found('newest', {}),
    found('in the middle', { cursor: deep['events -timestamp'] as string }),
    found('a week of last year', { from, to }, true),
    found('a week of last year by type', { from, to, eventType: 'access_management_access_request_expired' }),
    found('q of 2 letters', { q: 'an' }),
    found('q of 2 letters, no hit', { q: 'qj' }, true),
    found('q, no hit', { q: 'xyzzy' }),
    found('by address', { initiatedBy: askerEmail }),
    found('by address of nobody', { initiatedBy: 'nobody@example.test' }),
    found('by id', { initiatedBy: askerId }),
    found('by type', { eventType: 'access_management_access_request_expired' }),
    found('by type (none)', { eventType: 'access_management_connector_delete' }),
    found('by request', { accessRequestId: requestId }),
  ]
}

function directoryCalls({ askerId, groupId, deep }: Known): Call[] {
  const found = (name: string, path: string, query: Query = {}): Call => ({
    name,
    path: withQuery(path, query),
    goal: directory,
  })
  return [
    found('grants', '/grants'),
    found('grants, in the middle', '/grants', { cursor: deep['grants -startedAt'] as string }),
    found('grants timed', '/grants', { timed: 'true' }),
    { ...found('grants q', '/grants', { q: 'Dvořák' }), isShort: true },
    found('grants q, no hit', '/grants', { q: 'xyzzy' }),
    found('grants ended', '/grants', { state: 'ended' }),
    found('grants ended q', '/grants', { state: 'ended', q: 'Dvořák' }),
    found('grants ended q of a flow', '/grants', { state: 'ended', q: 'Ledger' }),
    found('grants of one user', '/grants', { userId: askerId }),
    found('grants ended of one user', '/grants', { state: 'ended', userId: askerId }),
    found('groups', '/user-groups', { limit: 50 }),
    found('groups q', '/user-groups', { q: 'ledger' }),
    found('members of a group', `/user-groups/${groupId}/members`),
    found('users', '/users', { limit: 50 }),
    found('users, in the middle', '/users', { cursor: deep['users name'] as string }),
    { ...found('users q', '/users', { q: 'novák' }), isShort: true },
    found('users q of 2 letters', '/users', { q: 'an' }),
    found('users q, no hit', '/users', { q: 'xyzzy' }),
    found('flows', '/approval-flows'),
    found('flows q', '/approval-flows', { q: 'ledger' }),
  ]
}

function ownCalls({ askerId, deciderId, awaitedId, requestId }: Known): Call[] {
  return [
    { name: 'one request', path: `/access-requests/${requestId}`, goal: list },
    { name: 'own requests', path: '/me/requests', goal: list, userId: askerId, isShort: true },
    { name: 'own requests, denied', path: '/me/requests?status=denied', goal: list, userId: askerId },
    { name: 'approvals waiting', path: '/me/approvals', goal: list, userId: awaitedId },
    { name: 'approvals decided', path: '/me/approvals?state=decided', goal: list, userId: deciderId },
    { name: 'approvals decided (none)', path: '/me/approvals?state=decided', goal: list, userId: askerId },
    { name: 'catalog', path: '/catalog', goal: directory, userId: askerId },
    { name: 'catalog q', path: '/catalog?q=ledger', goal: directory, userId: askerId },
  ]
}
