/** Everything that a run wants to know of a directory server: read to its end before anything is done with it. */
import type { Entry, LdapReader } from './ldap.client.ts'
import {
  attributesOf,
  disabling,
  idOf,
  personOf,
  type ReadGroup,
  type ReadPerson,
  textOf,
  textsOf,
} from './ldap.entries.ts'
import { type DirectoryDefaults, defaultsOf, type LdapSettings } from './ldap.settings.ts'

export interface Reading {
  people: ReadPerson[]
  groups: ReadGroup[]
  /** From where to go on: a time or a number, as the server has it; null when it says nothing of changes. */
  cursor: string | null
}

export interface ReadOptions {
  /** Only what has changed since; null for everything. */
  since: string | null
  /** Told after each page how many entries there are so far. */
  onPage: (read: number) => void
}

const since = (filter: string, { changed }: DirectoryDefaults, from: string | null) =>
  from === null ? filter : `(&${filter}(${changed}>=${from}))`

/** Entries that were changed while others were read may have come too early: the next run reads that time once more. */
const overlapMs = 60_000

/** `20261127140300Z` as milliseconds since 1970 (RFC 4517, 3.3.13). */
function timeOf(text: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(text) ?? []
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second))
}

const asTime = (ms: number) => `${new Date(ms).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`

/** Active Directory knows its highest number; others have only the times of their entries. */
function cursorOf(seen: readonly string[], { changed }: DirectoryDefaults, begun: { at: number; usn: string | null }) {
  if (changed === 'uSNChanged') {
    const highest = begun.usn ?? seen.reduce((most, one) => (BigInt(one) > BigInt(most) ? one : most), '0')
    return seen.length === 0 && begun.usn === null ? null : String(BigInt(highest) + 1n)
  }
  const last = seen.reduce((latest, one) => Math.max(latest, timeOf(one)), Number.NEGATIVE_INFINITY)
  return Number.isFinite(last) ? asTime(last - (Date.now() - begun.at) - overlapMs) : null
}

const ranged = /^(.+);range=(\d+)-(\d+|\*)$/i

/** Active Directory gives the members of a large group in portions: `member;range=0-1499`, and `*` with the last one. */
async function membersOf(reader: LdapReader, entry: Entry, names: readonly string[]): Promise<string[]> {
  const part = Object.keys(entry).find((key) => ranged.test(key))
  if (!part) return textsOf(entry, names)
  const members = textsOf(entry, [part])
  let [, attribute = '', , to = '*'] = ranged.exec(part) ?? []
  while (to !== '*') {
    const next = await reader.one(entry.dn, [`${attribute};range=${Number(to) + 1}-*`])
    const key = Object.keys(next ?? {}).find((each) => ranged.test(each))
    if (!next || !key) break
    members.push(...textsOf(next, [key]))
    ;[, attribute = '', , to = '*'] = ranged.exec(key) ?? []
  }
  return members
}

interface Asking {
  reader: LdapReader
  settings: LdapSettings
  options: ReadOptions
  /** What entries say of when they changed. */
  seen: string[]
  /** How many there are so far. */
  count: number
}

/** Told of each page. */
function note(asking: Asking, entries: readonly Entry[]): void {
  const { changed } = defaultsOf[asking.settings.directory]
  asking.seen.push(...entries.flatMap((entry) => textOf(entry, [changed]) ?? []))
  asking.count += entries.length
  asking.options.onPage(asking.count)
}

const binaryOf = ({ directory }: LdapSettings, id: string) => (directory === 'active_directory' ? [id] : [])

async function readPeople(asking: Asking): Promise<ReadPerson[]> {
  const { reader, settings, options } = asking
  const defaults = defaultsOf[settings.directory]
  const names = attributesOf(settings)
  const wanted = [names.name, names.email, names.department, names.jobTitle, names.manager].flat()
  const attributes = [names.id, ...wanted, ...disabling, defaults.changed]
  const filter = since(settings.peopleFilter ?? defaults.peopleFilter, defaults, options.since)
  const search = { base: settings.peopleBase, filter, attributes, binary: binaryOf(settings, names.id) }
  const people: ReadPerson[] = []
  for await (const entries of reader.pages(search)) {
    for (const entry of entries) people.push(...[personOf(entry, names, people.length + 1) ?? []].flat())
    note(asking, entries)
  }
  return people
}

async function readGroups(asking: Asking): Promise<ReadGroup[]> {
  const { reader, settings, options } = asking
  if (settings.groupsBase === null) return []
  const defaults = defaultsOf[settings.directory]
  const { id } = attributesOf(settings)
  const filter = since(settings.groupsFilter ?? defaults.groupsFilter, defaults, options.since)
  const attributes = [id, 'cn', ...defaults.members, defaults.changed]
  const groups: ReadGroup[] = []
  for await (const entries of reader.pages({
    base: settings.groupsBase,
    filter,
    attributes,
    binary: binaryOf(settings, id),
  })) {
    for (const entry of entries) groups.push(...(await groupOf(reader, entry, { id, ...defaults })))
    note(asking, entries)
  }
  return groups
}

/** @throws DomainError `connector_unavailable` when the server stops on the way: nothing that was read counts then */
export async function readServer(reader: LdapReader, settings: LdapSettings, options: ReadOptions): Promise<Reading> {
  const isNumbered = settings.directory === 'active_directory'
  const root = isNumbered ? await reader.one('', ['highestCommittedUSN']) : undefined
  const begun = { at: Date.now(), usn: root ? textOf(root, ['highestCommittedUSN']) : null }
  const asking: Asking = { reader, settings, options, seen: [], count: 0 }
  const people = await readPeople(asking)
  const groups = await readGroups(asking)
  return { people, groups, cursor: cursorOf(asking.seen, defaultsOf[settings.directory], begun) }
}

async function groupOf(
  reader: LdapReader,
  entry: Entry,
  { id, members }: Pick<DirectoryDefaults, 'members'> & { id: string },
): Promise<ReadGroup[]> {
  const key = idOf(entry, id)
  const name = textOf(entry, ['cn'])
  if (key === null || name === null) return []
  return [{ dn: entry.dn, key, name, memberDns: await membersOf(reader, entry, members) }]
}
