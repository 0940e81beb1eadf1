/** What a life of a request has left everywhere. Two lives that went the same are equal, whoever lived them. */
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import type { AccessGrant } from '../../src/domain/grant/record.ts'
import type { AccessRequest } from '../../src/domain/request/record.ts'
import { isOpen } from '../../src/domain/request/record.ts'
import { DomainError } from '../../src/domain/shared/errors.ts'
import { grants } from '../../src/features/grants/grants.table.ts'
import { membershipsOf } from '../../src/features/memberships/memberships.repository.ts'
import { mails } from '../../src/platform/mail/mail.table.ts'
import * as grantMessages from '../../workflows/access-grant.messages.ts'
import * as requestMessages from '../../workflows/access-request.messages.ts'
import type { WebhookTarget } from '../connectors/webhook-target.ts'
import { until } from './test-server.ts'
import type { TestService } from './worker-service.ts'

/** One life: what happened, told to `outcomeOf`. */
export interface Lived {
  id: string
  /** Everybody in it, by their part. */
  people: Record<string, { id: string }>
  /** What each caller was told, in order. */
  told?: string[]
  target?: WebhookTarget
}

/** Waits for what comes after a worker was killed: its task is given to the next one when its time is over. */
export const eventually = (isTrue: () => Promise<boolean>) => until(isTrue, 40_000)

/** What a caller is told, who asks again under the same operation id while the outcome is not known. */
export async function answerTo(act: () => Promise<{ isKnown: boolean }>): Promise<string> {
  try {
    for (;;) if ((await act()).isKnown) return 'done'
  } catch (error) {
    if (error instanceof DomainError) return error.code
    throw error
  }
}

type Handle = ReturnType<TestService['requestHandle']>

/** Resolves when nothing of a workflow waits for a worker. */
async function rest(handle: Handle): Promise<void> {
  await eventually(async () => {
    const { raw } = await handle.describe()
    return !raw.pendingWorkflowTask && (raw.pendingActivities ?? []).length === 0
  })
}

/** The workflow of the request is where its row is. @returns the row */
async function settled(world: TestService, id: string): Promise<AccessRequest> {
  const handle = world.requestHandle(id)
  const isClosed = !isOpen(await world.rowOf(id))
  const result = isClosed ? await handle.result() : await rest(handle).then(() => null)
  const row = await world.rowOf(id)
  if (isClosed) expect(result).toBe(row.status)
  expect(await handle.query(requestMessages.recordQuery)).toEqual(row)
  expect(new Set(row.carriedOut).size).toBe(row.carriedOut.length)
  return row
}

/** @returns the record of the grant's workflow, or undefined when it never had one */
async function settledGrant(world: TestService, { id, endedAt }: { id: string; endedAt: string | null }) {
  const handle = world.grantHandle(id)
  const isThere = await handle.describe().then(
    () => true,
    () => false,
  )
  if (!isThere) return undefined
  await (endedAt ? handle.result() : rest(handle))
  return (await handle.query(grantMessages.grantStateQuery)).grant
}

async function grantOf(world: TestService, id: string, nameOf: (id: string | null) => string) {
  const rows = await world.db.select().from(grants).where(eq(grants.accessRequestId, id))
  const [row] = rows
  expect(rows.length).toBeLessThanOrEqual(1)
  if (!row) return null
  const record = await settledGrant(world, row)
  const kept = (await world.grantOf(id)) as typeof row
  if (record) expect(kept).toMatchObject(momentsOf(record))
  expect(new Set(kept.carriedOut).size).toBe(kept.carriedOut.length)
  const { version, end, endError, endedAt, expiresAt } = kept
  return {
    version,
    isWatched: record !== undefined,
    isTimed: expiresAt !== null,
    isEnded: endedAt !== null,
    endedBy: end && nameOf(end.by),
    endError: withoutPort(endError),
  }
}

/** Each connected system of a test has a port of its own. */
const withoutPort = (text: string | null) => text?.replaceAll(/:\d+/g, '') ?? null

function momentsOf({ version, carriedOut, expiresAt, end, endedAt }: AccessGrant) {
  return { version, carriedOut, expiresAt, end, endedAt }
}

/** One mail of a kind for a person. Every administrator of the database is told of errors: only those of this life count. */
async function mailsOf(world: TestService, { id, people }: Lived, nameOf: (id: string | null) => string) {
  const rows = await world.db.select().from(mails).where(eq(mails.accessRequestId, id))
  const all = rows.map(({ kind, recipientId }) => `${kind} ${recipientId}`)
  expect(new Set(all).size).toBe(all.length)
  const ids = new Set(Object.values(people).map((person) => person.id))
  const mine = rows.filter(({ recipientId }) => ids.has(recipientId ?? ''))
  return mine.map(({ kind, recipientId }) => `${kind} to ${nameOf(recipientId)}`).sort()
}

/**
 * What stands in the audit log. A worker that begins compares rows with workflows, and may note that one was behind:
 * that is no entry of the life.
 */
async function auditOf(world: TestService, id: string, nameOf: (id: string | null) => string): Promise<string[]> {
  const entries = await world.auditOf(id)
  const changes = (entry: (typeof entries)[number]) =>
    entry.changes.map(({ field, to }) => (field === 'status' ? `status ${String(to)}` : field)).join(', ')
  return entries
    .filter((entry) => changes(entry) !== 'reconciled')
    .map((entry) => {
      const code = entry.errorMessage ? ` failed: ${withoutPort(entry.errorMessage)}` : ''
      return `${entry.eventType} by ${nameOf(entry.initiatedById)}: ${changes(entry)}${code}`
    })
    .sort()
}

/** Calls that a connected system has had, in order. */
function callsOf(target: WebhookTarget): string[] {
  return target.calls.map(({ body }) => (JSON.parse(body) as { type: string }).type)
}

/** Waits until the workflows of a life have nothing to do, and reads everything that it has left. */
export async function outcomeOf(world: TestService, lived: Lived) {
  const { id, people, told = [], target } = lived
  const nameOf = (of: string | null) =>
    Object.keys(people).find((name) => people[name]?.id === of) ?? (of ? 'somebody else' : 'the service')
  const row = await settled(world, id)
  const grant = await grantOf(world, id, nameOf)
  const memberships = await membershipsOf(world.db, row.requester.id)
  expect((await world.audit.verify(world.db)).fault).toBeNull()
  return {
    status: row.status,
    version: row.version,
    decision: row.decision && { by: nameOf(row.decision.by?.id ?? null), cause: row.decision.cause },
    askedConnectors: row.askedConnectors.length,
    grant,
    isMember: memberships.some(({ groupId }) => groupId === row.flow.groupId),
    mails: await mailsOf(world, lived, nameOf),
    audit: await auditOf(world, id, nameOf),
    told,
    calls: target ? callsOf(target) : [],
  }
}

export type Outcome = Awaited<ReturnType<typeof outcomeOf>>
