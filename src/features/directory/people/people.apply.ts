/** Carries a plan out: a statement for many people, and the audit entry of each. */

import type { AuditEntry } from '../../../domain/audit-entry.ts'
import { fieldsOf, isActiveAdministrator, isSameAddress } from '../../../domain/directory/people.ts'
import type { Plan, PlannedPerson } from '../../../domain/directory/plan.ts'
import { membershipEntry } from '../../../domain/membership-entry.ts'
import { auditOf, changesBetween, type Operation } from '../../../domain/operation.ts'
import type { Person } from '../../../domain/shared/person.ts'
import type { DbOrTx } from '../../../platform/db/columns.ts'
import { queueMails } from '../../../platform/mail/mail.repository.ts'
import type { MailIntent, MailRecipient } from '../../../platform/mail/mail.types.ts'
import type { RecordEntries } from '../../audit/audit.repository.ts'
import { addressChangedMails, administratorMadeMails } from '../users/users.mails.ts'
import {
  deleteMembers,
  forgetFreeing,
  freeAddresses,
  insertMembers,
  insertPeople,
  noteAccountActs,
  updatePeople,
} from './people.repository.ts'

export interface ApplyDeps {
  /** Ends every link to set a password that was mailed to a user. */
  endLinksOf: (tx: DbOrTx, userId: string) => Promise<unknown>
  /** Who hears of new administrators, and of access that was given without a request. */
  administrators: (tx: DbOrTx) => Promise<MailRecipient[]>
  /** Tells them of the latter. */
  memberAddedMails: (
    operation: Operation,
    added: { group: { id: string; name: string }; person: Person; others: number },
    administrators: readonly MailRecipient[],
  ) => MailIntent[]
}

export interface Applying {
  tx: DbOrTx
  record: RecordEntries
  operation: Operation
  deps: ApplyDeps
  /** Told how many lines are done. */
  onProgress: (done: number) => void
  isGiven: (group: { id: string }) => boolean
}

/** People of one statement. */
const portion = 1000

function* portionsOf<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size)
}

/** One operation may change many people. */
function entryOf(operation: Operation, eventType: 'user_create' | 'user_update', person: PlannedPerson): AuditEntry {
  const { id, before, after } = person
  const entry = auditOf(operation, {
    eventType,
    resource: { type: 'user', id, name: after.name },
    changes: changesBetween(before && fieldsOf(before), fieldsOf(after)),
  })
  return { ...entry, sourceKey: `${entry.sourceKey}:${id}` }
}

async function create({ tx, operation, record }: Applying, people: readonly PlannedPerson[]): Promise<void> {
  await insertPeople(tx, people)
  const userIds = people.map(({ id }) => id)
  // Nobody can act through an account that comes from a source: whoever has set that up least of all.
  if (!operation.sourceId) await noteAccountActs(tx, { actorId: operation.actor.id, userIds, act: 'made' })
  record(...people.map((person) => entryOf(operation, 'user_create', person)))
}

async function change(applying: Applying, people: readonly PlannedPerson[]): Promise<void> {
  const { tx, operation, record } = applying
  const changed = people.filter(
    ({ before, after }) => changesBetween(before && fieldsOf(before), fieldsOf(after)).length,
  )
  if (changed.length === 0) return
  await updatePeople(tx, changed)
  await tellOf(applying, changed)
  record(...changed.map((person) => entryOf(operation, 'user_update', person)))
}

/** Those whom somebody hears of are few: each is told of as when one person is changed. */
async function tellOf({ tx, operation, deps }: Applying, people: readonly PlannedPerson[]): Promise<void> {
  for (const { id, before, after } of people) {
    if (!before) continue
    if (isActiveAdministrator(after) && !isActiveAdministrator(before))
      await queueMails(tx, administratorMadeMails(operation, { id, ...after }, await deps.administrators(tx)))
    if (isSameAddress(before, after)) continue
    await deps.endLinksOf(tx, id)
    if (!operation.sourceId)
      await noteAccountActs(tx, { actorId: operation.actor.id, userIds: [id], act: 'credentials_reset' })
    await queueMails(tx, addressChangedMails(operation, { name: after.name, from: before.email, to: after.email }))
  }
}

export interface Move {
  group: { id: string; name: string }
  person: Person
}

function movesOf(people: readonly PlannedPerson[], verb: 'add' | 'remove'): Move[] {
  return people.flatMap(({ id, after: { name, email }, groups }) =>
    groups[verb].map((group) => ({ group, person: { id, name, email } })),
  )
}

/** Puts people into groups, or takes them out; the log and the administrators are told. */
export async function applyMoves(applying: Applying, verb: 'add' | 'remove', moves: readonly Move[]): Promise<void> {
  const { tx, operation, record } = applying
  const write = verb === 'add' ? insertMembers : deleteMembers
  for (const some of portionsOf(moves, portion))
    await write(
      tx,
      some.map(({ group, person }) => ({ groupId: group.id, userId: person.id })),
    )
  record(
    ...moves.map(({ group, person }) => membershipEntry(operation, { group, members: [person], verb, key: person.id })),
  )
  if (verb === 'add') await tellOfMembers(applying, moves)
}

/** One mail for each group that a flow gives, however many were put in. */
async function tellOfMembers({ tx, operation, deps, isGiven }: Applying, moves: readonly Move[]): Promise<void> {
  const byGroup = new Map<string, Move[]>()
  for (const one of moves.filter(({ group }) => isGiven(group))) {
    const others = byGroup.get(one.group.id)
    if (others) others.push(one)
    else byGroup.set(one.group.id, [one])
  }
  if (byGroup.size === 0) return
  const administrators = await deps.administrators(tx)
  for (const [first, ...others] of byGroup.values())
    if (first)
      await queueMails(tx, deps.memberAddedMails(operation, { ...first, others: others.length }, administrators))
}

/** Those whose address somebody else of the plan is to have. */
function idsOfReusedAddresses({ created, changed }: Pick<Plan, 'created' | 'changed'>): string[] {
  const owners = new Map(changed.map(({ id, before }) => [before?.email.toLowerCase(), id]))
  return [...created, ...changed].flatMap(({ id, after }) => {
    const owner = owners.get(after.email.toLowerCase())
    return owner === undefined || owner === id ? [] : [owner]
  })
}

/** All of it, in the caller's transaction and under its locks. */
export async function applyPlan(applying: Applying, { created, changed }: Plan): Promise<void> {
  const ofReused = idsOfReusedAddresses({ created, changed })
  if (ofReused.length > 0) await freeAddresses(applying.tx, ofReused)
  let done = 0
  for (const [people, write] of [
    [created, create],
    [changed, change],
  ] as const)
    for (const some of portionsOf(people, portion)) {
      await write(applying, some)
      done += some.length
      applying.onProgress(done)
    }
  if (ofReused.length > 0) await forgetFreeing(applying.tx, ofReused)
  for (const verb of ['remove', 'add'] as const)
    await applyMoves(applying, verb, movesOf([...created, ...changed], verb))
}
