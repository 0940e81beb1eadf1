/** What becomes of our directory by what a directory server has: who comes, changes, leaves, and is in which group. */
import {
  type Directory,
  type IncomingPerson,
  type Plan,
  planPeople,
  type RefusedLine,
} from '../../../domain/directory/plan.ts'
import type { PersonRow } from '../people/people.repository.ts'
import { type ReadGroup, type ReadPerson, sameDn } from './ldap.entries.ts'
import type { SourcePerson } from './ldap.repository.ts'

export interface LdapPlanInput {
  sourceId: string
  people: readonly ReadPerson[]
  /** Everybody whom the source has brought so far. */
  ofSource: readonly SourcePerson[]
  /** Those whom the server's people may be here, and everybody above them. */
  rows: readonly PersonRow[]
  administratorIds: readonly string[]
  /** Whether everybody was read: then whoever is missing has left. */
  isFull: boolean
  /** RFC 3339 */
  now: string
  newId: () => string
}

/** Ids at the source by the names under which entries stand there. */
export function keysByDn(people: readonly ReadPerson[], ofSource: readonly SourcePerson[]): Map<string, string> {
  const known = ofSource.flatMap(({ dn, externalId }) => (dn === null ? [] : [[sameDn(dn), externalId] as const]))
  return new Map([...known, ...people.map(({ dn, key }) => [sameDn(dn), key] as const)])
}

/** People are known by their id there; the first time by their address, when nobody else's source has them. */
function keyOf(row: PersonRow, sourceId: string, byEmail: ReadonlyMap<string, string>): string | null {
  if (!row.isWanted) return null
  if (row.sourceId === sourceId) return row.externalId
  return byEmail.get(row.email.toLowerCase()) ?? null
}

function directoryOf({ rows, people, sourceId, administratorIds, ofSource }: LdapPlanInput): Directory {
  const known = new Set(ofSource.map(({ externalId }) => externalId))
  const byEmail = new Map(
    people.flatMap(({ key, email }) => (email && !known.has(key) ? [[email.toLowerCase(), key]] : [])),
  )
  return {
    people: rows.map((row) => ({ ...row, key: keyOf(row, sourceId, byEmail), groupIds: [] })),
    groups: [],
    administratorIds,
  }
}

/** Those whom the server has no more: suspended, and known for what they had and did. */
function leaversOf({ people, ofSource, isFull, now }: LdapPlanInput): IncomingPerson[] {
  if (!isFull) return []
  const there = new Set(people.map(({ key }) => key))
  return ofSource
    .filter(({ externalId, isRemoved }) => !isRemoved && !there.has(externalId))
    .map(({ externalId }, at) => ({
      line: people.length + at + 1,
      key: externalId,
      state: 'suspended',
      removedAt: now,
    }))
}

export interface LdapPlan extends Omit<Plan, 'refused'> {
  refused: (RefusedLine & { dn: string | null })[]
  /** Of `changed`: those who have left. */
  leavers: number
  /** How many of the source were not gone before. */
  present: number
}

/** What is left of an entry that is refused: that its person is disabled there, where the source has brought them before. */
function suspendedOnly(
  { line, key, state }: Pick<IncomingPerson, 'line' | 'key' | 'state'>,
  present: ReadonlySet<string>,
): IncomingPerson[] {
  return state === 'suspended' && present.has(key) ? [{ line, key, state }] : []
}

/** Lines that are refused are left out, or reduced to the suspension unless that is what is refused. */
function withoutRefused(
  incoming: readonly IncomingPerson[],
  refused: readonly RefusedLine[],
  { present, reduced }: { present: ReadonlySet<string>; reduced: Set<number> },
): IncomingPerson[] {
  const wrong = new Set(refused.map(({ line }) => line))
  for (const { line, path } of refused) if (path === 'state') reduced.add(line)
  return incoming.flatMap((person) => {
    if (!wrong.has(person.line)) return [person]
    if (reduced.has(person.line)) return []
    reduced.add(person.line)
    return suspendedOnly(person, present)
  })
}

/**
 * Unlike a file, a server is taken as far as it goes: whoever cannot be taken is left as they are, and named. Since others
 * may have them as manager, the plan is made anew without them. Whoever is disabled there is suspended in any case.
 */
export function planFromServer(input: LdapPlanInput): LdapPlan {
  const dns = keysByDn(input.people, input.ofSource)
  const leavers = leaversOf(input)
  const present = new Set(input.ofSource.filter(({ isRemoved }) => !isRemoved).map(({ externalId }) => externalId))
  const reduced = new Set(leavers.map(({ line }) => line))
  let incoming: IncomingPerson[] = [
    ...input.people.flatMap((read) => (read.problems.length === 0 ? [asIncoming(read)] : suspendedOnly(read, present))),
    ...leavers,
  ]
  const refused: RefusedLine[] = input.people.flatMap(({ line, email = null, problems }) =>
    problems.map(({ path, problem }) => ({ ...problem, line, path, email })),
  )
  const directory = directoryOf(input)
  for (;;) {
    const plan = planPeople({ incoming, directory, sourceId: input.sourceId, newId: input.newId })
    refused.push(...plan.refused)
    if (plan.refused.length === 0)
      return { ...plan, refused: withDns(refused, input, leavers), leavers: leavers.length, present: present.size }
    incoming = withoutRefused(incoming, plan.refused, { present, reduced })
  }

  function asIncoming(read: ReadPerson): IncomingPerson {
    const { problems: _, dn: __, managerDn, ...person } = read
    return { ...person, manager: managerDn === null ? null : (dns.get(sameDn(managerDn)) ?? unknownManager) }
  }
}

/** Many of those who are refused have no address that could name them. */
function withDns(
  refused: readonly RefusedLine[],
  { people, ofSource }: LdapPlanInput,
  leavers: readonly IncomingPerson[],
): LdapPlan['refused'] {
  const known = new Map(ofSource.map(({ externalId, dn }) => [externalId, dn]))
  const dns = new Map([
    ...people.map(({ line, dn }) => [line, dn] as const),
    ...leavers.map(({ line, key }) => [line, known.get(key) ?? null] as const),
  ])
  return refused.map((one) => ({ ...one, dn: dns.get(one.line) ?? null }))
}

/** No id of anybody: such a manager counts as none. */
const unknownManager = ''

/** More than these leave only when somebody has said so: half a result looks the same as half a company leaving. */
const fewLeavers = 5
const usualShare = 0.1

export function isSuspiciouslySmall({ leavers, present }: Pick<LdapPlan, 'leavers' | 'present'>): boolean {
  return leavers > fewLeavers && leavers > present * usualShare
}

export interface GroupPlan {
  saved: { id: string; externalId: string; name: string; before: string | null }[]
  wanted: Map<string, Set<string>>
  notes: string[]
}

function saveName(
  { saved }: GroupPlan,
  group: { id: string; externalId: string; name: string },
  before: KnownOfSource | undefined,
): void {
  if (before?.name !== group.name) saved.push({ ...group, before: before?.name ?? null })
}

interface KnownOfSource {
  id: string
  externalId: string
  name: string
  connectorId: string | null
}

/**
 * Groups that are new or have another name, and who is to be in each.
 * @param userIds ids here by ids there
 */
export function planGroups(
  groups: readonly ReadGroup[],
  known: readonly KnownOfSource[],
  {
    keys,
    userIds,
    takenNames,
    newId,
  }: {
    keys: ReadonlyMap<string, string>
    userIds: ReadonlyMap<string, string>
    takenNames: readonly string[]
    newId: () => string
  },
): GroupPlan {
  const byKey = new Map(known.map((group) => [group.externalId, group]))
  const taken = new Set(takenNames)
  const plan: GroupPlan = { saved: [], wanted: new Map(), notes: [] }
  for (const { key, name, memberDns } of groups) {
    const before = byKey.get(key)
    if (taken.has(name.toLowerCase())) {
      plan.notes.push(`The group “${name}” was left out: another group has its name.`)
      continue
    }
    taken.add(name.toLowerCase())
    const id = before?.id ?? newId()
    saveName(plan, { id, externalId: key, name }, before)
    if (before?.connectorId) {
      plan.notes.push(`The members of “${name}” were left as they are: a connected system gives that group out.`)
      continue
    }
    const members = memberDns.flatMap((dn) => userIds.get(keys.get(sameDn(dn)) ?? '') ?? [])
    plan.wanted.set(id, new Set(members))
  }
  return plan
}
