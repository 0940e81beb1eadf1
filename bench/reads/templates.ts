/**
 * Rows as the product writes them, made by its own functions for every way that a request can go. What differs from request
 * to request stands in them as a mark, which the database replaces: so a million rows are made without leaving it.
 */
import { getTableColumns } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { RuleFacts } from '../../src/domain/request/approvers.ts'
import type { RequestEvent } from '../../src/domain/request/events.ts'
import type { Facts } from '../../src/domain/request/facts.ts'
import type { Message } from '../../src/domain/request/messages.ts'
import { move } from '../../src/domain/request/move.ts'
import type { AccessRequest } from '../../src/domain/request/record.ts'
import { submit } from '../../src/domain/request/submission.ts'
import { chainFormat } from '../../src/features/audit/audit.chain.ts'
import { contentOf } from '../../src/features/audit/audit.content.ts'
import { auditEvents } from '../../src/features/audit/audit.table.ts'
import { auditEntriesOf } from '../../src/features/requests/requests.audit.ts'
import { mailsOf } from '../../src/features/requests/requests.mails.ts'
import { rowOf } from '../../src/features/requests/requests.repository.ts'
import { accessRequests } from '../../src/features/requests/requests.table.ts'
import { mails } from '../../src/platform/mail/mail.table.ts'
import { approversOf, duration, type FlowKind } from './company.ts'

const idMark = (number: number) => `00000000-0000-4000-8000-0000000000${number}`

/** What stands for a value of the request, in the order in which the database is given them. */
export const marks = {
  requestId: idMark(10),
  requesterId: idMark(11),
  requesterName: '@requester-name@',
  requesterEmail: '@requester-email@',
  department: '@department@',
  managerId: idMark(12),
  managerName: '@manager-name@',
  managerEmail: '@manager-email@',
  ownerId: idMark(13),
  ownerName: '@owner-name@',
  ownerEmail: '@owner-email@',
  administratorId: idMark(14),
  administratorName: '@administrator-name@',
  administratorEmail: '@administrator-email@',
  flowId: idMark(15),
  flowName: '@flow-name@',
  flowDescription: '@flow-description@',
  groupId: idMark(16),
  grantId: idMark(17),
  reason: '@reason@',
  clientIp: '192.0.2.77',
  created: '2001-01-01T00:00:00.000Z',
  stepDecided: '2001-01-02T00:00:00.000Z',
  decided: '2001-01-03T00:00:00.000Z',
  /** 30 days after each. */
  createdAndLife: '2001-01-31T00:00:00.000Z',
  stepDecidedAndLife: '2001-02-01T00:00:00.000Z',
  decidedAndLife: '2001-02-02T00:00:00.000Z',
  /** These differ from row to row. */
  rowId: idMark(18),
  seq: '@seq@',
  previousHash: '@previous-hash@',
  hash: '@hash@',
  personalDigest: '@personal-digest@',
  personalKey: '@personal-key@',
} as const
export type Mark = keyof typeof marks

/** Ways that a request can go, each with a share of the requests of its flow that are closed, or open. */
const manualOutcomes = { approved: 0.6, denied: 0.15, canceled: 0.15, expired: 0.1 }
const outcomes = {
  automatic: { closed: { approved: 1 }, open: { error: 1 } },
  manual: { closed: manualOutcomes, open: { pending: 0.8, missing_data: 0.12, error: 0.08 } },
} as const
type Outcome = keyof typeof manualOutcomes | 'pending' | 'missing_data' | 'error'

export interface Template {
  kind: FlowKind
  isTimed: boolean
  isOpen: boolean
  outcome: Outcome
  /** Share of the requests of such flows. */
  share: number
  rows: { table: PgTable; body: string; moment: Mark }[]
}

/** One for every kind of flow and way that its requests can go. */
export function templatesOf(kind: FlowKind, isTimed: boolean): Template[] {
  const { closed, open } = outcomes[kind === 'automatic' ? 'automatic' : 'manual']
  const made = (shares: Partial<Record<Outcome, number>>, isOpen: boolean) =>
    Object.entries(shares).map(([name, share]) => {
      const outcome = name as Outcome
      return { kind, isTimed, isOpen, outcome, share, rows: rowsOf(lived({ kind, isTimed, outcome })) }
    })
  return [...made(closed, false), ...made(open, true)]
}

interface Version {
  request: AccessRequest
  events: RequestEvent[]
}

type Way = Pick<Template, 'kind' | 'isTimed' | 'outcome'>

const person = (role: 'requester' | 'manager' | 'owner' | 'administrator') => ({
  id: marks[`${role}Id`],
  name: marks[`${role}Name`],
  email: marks[`${role}Email`],
})

/** A request from its submission to where this way leads, version by version. */
function lived(way: Way): Version[] {
  const [id, at] = [marks.requestId, marks.created]
  const asked = { id, reason: marks.reason, requestedDuration: null, expiry: 'P30D', now: at }
  const origin = {
    clientIp: marks.clientIp,
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  }
  const versions: Version[] = [submit({ ...asked, flow: flowOf(way), origin }, factsOf(way))]
  for (const { message, at: when } of messagesOf(way)) {
    const before = (versions.at(-1) as Version).request
    const { request, events, refusal } = move(before, message, contextOf(way, message, when))
    if (refusal) throw refusal
    versions.push({ request: { ...request, carriedOut: [...before.carriedOut, marks.grantId] }, events })
  }
  return versions
}

function flowOf({ kind, isTimed }: Way) {
  return {
    id: marks.flowId,
    name: marks.flowName,
    description: marks.flowDescription,
    color: null,
    logoUrl: null,
    groupId: marks.groupId,
    approvers: approversOf(kind, marks.ownerId),
    durations: isTimed ? [duration] : [],
    approvalType: kind === 'automatic' ? ('automatic' as const) : ('manual' as const),
    approvalRequirement: kind === 'sequential' ? ('sequential' as const) : ('any' as const),
  }
}

type Said = { message: Message; at: string }[]

function messagesOf(way: Way): Said {
  const at = marks.decided
  switch (way.outcome) {
    case 'expired':
      return [{ message: { type: 'expire' }, at: marks.createdAndLife }]
    case 'canceled':
      return [{ message: { type: 'withdraw', by: marks.requesterId }, at }]
    case 'denied':
      return decisionsOf(way.kind, false).slice(0, 1)
    case 'approved':
    case 'error':
      return decisionsOf(way.kind, true)
    default:
      return []
  }
}

/** Of everybody who has to decide. */
function decisionsOf(kind: FlowKind, isGiven: boolean): Said {
  const at = marks.decided
  const denial = { decision: 'deny' as const, reason: 'Not needed for this role.' }
  const decide = (by: string): Message => ({ type: 'decide', by, ...(isGiven ? { decision: 'approve' } : denial) })
  const override = { type: 'override' as const, by: marks.administratorId }
  const said: Record<FlowKind, Said> = {
    automatic: [{ message: { type: 'lookAgain' }, at }],
    administrator: [{ message: { ...override, ...(isGiven ? { decision: 'grant' } : denial) }, at }],
    manager: [{ message: decide(marks.managerId), at }],
    owner: [{ message: decide(marks.ownerId), at }],
    sequential: [
      { message: decide(marks.managerId), at: isGiven ? marks.stepDecided : at },
      { message: decide(marks.ownerId), at },
    ],
  }
  return said[kind]
}

function contextOf(way: Way, message: Message, at: string) {
  const by = 'by' in message ? message.by : null
  const found = (['requester', 'manager', 'owner', 'administrator'] as const).map(person).find(({ id }) => id === by)
  const actor = found ? { ...found, activated: true, isAdministrator: found.id === marks.administratorId } : null
  const target = { groupName: way.outcome === 'error' ? null : 'Group', connectorId: null, removals: 0, held: null }
  const facts: Facts = { ...factsOf(way), actor, flow: 'open', target }
  return { facts, at, grantId: marks.grantId }
}

function factsOf({ kind, outcome }: Way) {
  const people = { manager: person('manager'), owner: person('owner'), administrator: person('administrator') }
  const ruleOf = (one: keyof typeof people): RuleFacts =>
    outcome === 'missing_data'
      ? { found: one === 'administrator', name: 'Administrators', people: [] }
      : { found: true, name: people[one].name, people: [{ ...people[one], activated: true }] }
  const rules = {
    automatic: [],
    administrator: ['administrator'],
    manager: ['manager'],
    owner: ['owner'],
    sequential: ['manager', 'owner'],
  }
  const requester = {
    ...person('requester'),
    department: marks.department,
    manager: person('manager'),
    activated: true,
  }
  return { requester, rules: rules[kind].map((one) => ruleOf(one as keyof typeof people)) }
}

/** Every row that the product has written by the last version. */
function rowsOf(versions: Version[]): Template['rows'] {
  const last = (versions.at(-1) as Version).request
  return [
    { table: accessRequests, body: bodyOf(accessRequests, rowOf(last, true)), moment: 'created' },
    ...versions.flatMap(({ request, events }) => [...auditRows(request, events), ...mailRows(request, events)]),
  ]
}

function auditRows(request: AccessRequest, events: RequestEvent[]): Template['rows'] {
  return auditEntriesOf(request, events).map((entry) => {
    const bytes = (mark: Mark) => `\\x${marks[mark]}`
    const row = {
      ...contentOf(entry),
      ...{ id: marks.rowId, seq: marks.seq, format: chainFormat, personalKey: bytes('personalKey') },
      ...{ personalDigest: bytes('personalDigest'), previousHash: bytes('previousHash'), hash: bytes('hash') },
    }
    return { table: auditEvents, body: bodyOf(auditEvents, row), moment: markOf(row.timestamp) }
  })
}

function mailRows(request: AccessRequest, events: RequestEvent[]): Template['rows'] {
  const context = { administrators: [person('administrator')], exposeProgress: true }
  return mailsOf(request, events, context).map(({ kind, to, accessRequestId }) => {
    const at = request.updatedAt
    const people = { recipientId: to.id, recipientName: to.name, recipientEmail: to.email }
    const sent = { state: 'sent', attempts: 1, createdAt: at, nextAttemptAt: at, sentAt: at }
    const row = { id: marks.rowId, kind, ...people, data: {}, accessRequestId, ...sent }
    return { table: mails, body: bodyOf(mails, row), moment: markOf(at) }
  })
}

function markOf(value: string): Mark {
  const found = Object.entries(marks).find(([, mark]) => mark === value)
  if (!found) throw new Error(`${value} is no mark`)
  return found[0] as Mark
}

/** The row as JSON by the names of its columns, as a pattern of Postgres' `format` whose arguments are the marks in order. */
function bodyOf(table: PgTable, row: object): string {
  const columns = getTableColumns(table)
  const named = Object.entries(row).map(([field, value]) => {
    const column = columns[field]
    if (!column) throw new Error(`no column ${field}`)
    return [column.name, value] as const
  })
  const text = JSON.stringify(Object.fromEntries(named)).replaceAll('%', '%%')
  return Object.values(marks).reduce((body, mark, index) => body.replaceAll(mark, `%${index + 1}$s`), text)
}
