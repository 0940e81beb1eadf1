/** One run: everything is read first, then planned, then written in one transaction; a dry run stops before that. */
import { v7 as uuidv7 } from 'uuid'
import type { SourceRun } from '../../../../activities/index.ts'
import { auditOf, type Operation } from '../../../domain/operation.ts'
import { DomainError } from '../../../domain/shared/errors.ts'
import type { DbOrTx } from '../../../platform/db/columns.ts'
import type { SecretBox } from '../../../platform/secrets/secret-box.ts'
import type { AuditLog, RecordEntries } from '../../audit/audit.repository.ts'
import { type ApplyDeps, type Applying, applyMoves, applyPlan, type Move } from '../people/people.apply.ts'
import { lineOf } from '../people/people.presenter.ts'
import { lockPeople, readAdministratorIds, readGroupsGiven, readPeople } from '../people/people.repository.ts'
import { findSource } from '../sources/sources.repository.ts'
import { findUser, lockManagerChart } from '../users/users.repository.ts'
import { openLdap } from './ldap.client.ts'
import { isSuspiciouslySmall, keysByDn, type LdapPlan, planFromServer, planGroups } from './ldap.plan.ts'
import { type Reading, readServer } from './ldap.read.ts'
import {
  beginRun,
  endRun,
  forgetOldRuns,
  isReadOtherwise,
  lastDone,
  lockGroupsOfSource,
  membersOfGroups,
  namesOfOthers,
  peopleOfSource,
  rememberNames,
  saveGroups,
} from './ldap.repository.ts'
import type { RunResult } from './ldap.schemas.ts'
import { type LdapSettings, ldapSettings } from './ldap.settings.ts'

export interface LdapSyncDeps extends ApplyDeps {
  db: DbOrTx
  auditLog: Pick<AuditLog, 'within'>
  secretBox: SecretBox
  /** Lets servers be at private or loopback addresses. */
  allowPrivate: boolean
}

interface Source {
  id: string
  name: string
  settings: LdapSettings
  password: string
  operation: Operation
}

/** Shown of a dry run; the numbers are of all. */
const mostLines = 200

/** What was read before another run has written is older than that. */
export function beingRead(): DomainError {
  const message = 'The source is being read just now. Wait until that has ended.'
  return new DomainError('conflict', message, { current: 'running' })
}

function gone(): DomainError {
  return new DomainError('not_found', 'There is no such people source, or it was never set up.')
}

/** @returns runs it; `fail` writes down why a run came to nothing */
export function createLdapSync(deps: LdapSyncDeps) {
  const { db, auditLog } = deps

  /** @throws DomainError `not_found` */
  async function load({ sourceId, runId }: SourceRun): Promise<Source> {
    const source = await findSource(db, sourceId)
    const config = source?.config as { settings?: unknown; setUpBy?: string } | undefined
    if (!source || source.kind !== 'ldap' || !source.secret || !config?.setUpBy) throw gone()
    const actor = await findUser(db, config.setUpBy)
    if (!actor) throw gone()
    return {
      id: source.id,
      name: source.name,
      settings: ldapSettings.parse(config.settings),
      password: deps.secretBox.open(source.secret).toString('utf8'),
      operation: { actor, origin: {}, operationId: runId, sourceId },
    }
  }

  async function read(source: Source, from: string | null, onPage: (read: number) => void): Promise<Reading> {
    const { settings, password } = source
    const reader = await openLdap({ settings, password, allowPrivate: deps.allowPrivate })
    try {
      return await readServer(reader, settings, { since: from, onPage })
    } finally {
      await reader.close()
    }
  }

  async function plan(tx: DbOrTx, { source, reading, isFull, isLocking }: Planning) {
    const ofSource = await peopleOfSource(tx, source.id)
    const { people } = reading
    const keys = keysByDn(people, ofSource)
    const externalIds = [...new Set([...people.map(({ key }) => key), ...ofSource.map(({ externalId }) => externalId)])]
    const emails = people.flatMap(({ email }) => email ?? [])
    const wanted = { emails, source: { id: source.id, externalIds } }
    if (isLocking) {
      await lockManagerChart(tx)
      await lockPeople(tx, wanted)
    }
    const input = {
      sourceId: source.id,
      people,
      ofSource,
      rows: await readPeople(tx, wanted),
      administratorIds: await readAdministratorIds(tx),
      isFull,
      now: new Date().toISOString(),
      newId: uuidv7,
    }
    return { plan: planFromServer(input), keys }
  }

  return {
    /** @param onProgress told now and then, so that whoever waits knows that it goes on */
    async run(run: SourceRun, onProgress: () => void = () => {}): Promise<void> {
      const source = await load(run)
      const last = await lastDone(db, run.sourceId)
      const isFull = run.mode === 'full' || last.cursor === null || !last.isFullOfToday
      const mode = isFull ? 'full' : 'changes'
      await beginRun(db, { id: run.runId, sourceId: run.sourceId, mode, isDryRun: run.isDryRun })
      if (await isReadOtherwise(db, { id: run.runId, sourceId: run.sourceId })) throw beingRead()
      const reading = await read(source, isFull ? null : last.cursor, onProgress)
      const end = { mode, cursor: reading.cursor ?? last.cursor } as const
      if (run.isDryRun) {
        const looked = await plan(db, { source, reading, isFull, isLocking: false })
        return endRun(db, run.runId, { outcome: 'done', result: resultOf(looked.plan, reading, true), ...end })
      }
      await auditLog.within(db, async (tx, record) => {
        const looked = await plan(tx, { source, reading, isFull, isLocking: true })
        if (isSuspiciouslySmall(looked.plan) && !run.isConfirmed) return hold(tx, run, { looked: looked.plan, reading })
        const applying = { tx, record, operation: source.operation, deps, onProgress, isGiven: () => false }
        await applyPlan(applying, looked.plan)
        await rememberNames(
          tx,
          source.id,
          reading.people.map(({ key, dn }) => ({ externalId: key, dn })),
        )
        const groups = await applyGroups(applying, source, { reading, keys: looked.keys, isFull })
        const result = { ...resultOf(looked.plan, reading, false), ...groups }
        await endRun(tx, run.runId, { outcome: 'done', result, ...end })
        await forgetOldRuns(tx, source.id)
      })
    },

    /** Nothing of it was written. */
    async fail({ runId, sourceId, mode, isDryRun }: SourceRun, error: string): Promise<void> {
      if (!(await findSource(db, sourceId))) return
      await beginRun(db, { id: runId, sourceId, mode, isDryRun })
      await endRun(db, runId, { outcome: 'failed', error })
    },
  }
}

interface Planning {
  source: Source
  reading: Reading
  isFull: boolean
  isLocking: boolean
}

async function hold(tx: DbOrTx, { runId }: SourceRun, { looked, reading }: { looked: LdapPlan; reading: Reading }) {
  const { leavers, present } = looked
  const error = `Nothing was written: ${leavers} of ${present} people would be suspended because the server does not have them any more. Look at a dry run, and confirm it if that is right.`
  await endRun(tx, runId, { outcome: 'held', error, result: resultOf(looked, reading, true) })
}

function resultOf(plan: LdapPlan, { people, groups }: Reading, withLines: boolean): RunResult {
  const changes = [...plan.created, ...plan.changed]
  return {
    read: people.length + groups.length,
    created: plan.created.length,
    changed: plan.changed.length - plan.leavers,
    unchanged: plan.unchanged.length,
    left: plan.leavers,
    refused: plan.refused.slice(0, mostLines),
    groups: { read: groups.length, saved: 0, added: 0, removed: 0 },
    notes: [],
    lines: withLines ? changes.slice(0, mostLines).map((person) => lineOf(person, plan.names)) : [],
  }
}

interface GroupWork {
  reading: Reading
  keys: ReadonlyMap<string, string>
  isFull: boolean
}

/** Members of the source's groups are those that it names, and no others. A group that it has no more has none. */
async function applyGroups(
  applying: Applying,
  source: Source,
  { reading, keys, isFull }: GroupWork,
): Promise<Pick<RunResult, 'groups' | 'notes'>> {
  const { tx } = applying
  const people = new Map((await peopleOfSource(tx, source.id)).map((person) => [person.externalId, person]))
  const userIds = new Map([...people].flatMap(([key, { id, isRemoved }]) => (isRemoved ? [] : [[key, id] as const])))
  const known = await lockGroupsOfSource(tx, source.id)
  const takenNames = await namesOfOthers(
    tx,
    source.id,
    reading.groups.map(({ name }) => name),
  )
  const plan = planGroups(reading.groups, known, { keys, userIds, takenNames, newId: uuidv7 })
  await saveGroups(tx, source.id, plan.saved)
  recordGroups(applying, plan.saved)
  const names = new Map([...known, ...plan.saved].map(({ id, name }) => [id, name]))
  if (isFull)
    for (const { id, connectorId } of known) if (!plan.wanted.has(id) && !connectorId) plan.wanted.set(id, new Set())
  const groupIds = [...plan.wanted.keys()]
  const is = new Map(groupIds.map((id) => [id, new Set<string>()]))
  for (const { groupId, userId } of await membersOfGroups(tx, groupIds)) is.get(groupId)?.add(userId)
  const subjects = new Map([...people.values()].map((person) => [person.id, person]))
  const moves = (
    from: ReadonlyMap<string, ReadonlySet<string>>,
    to: ReadonlyMap<string, ReadonlySet<string>>,
  ): Move[] =>
    groupIds.flatMap((id) =>
      [...(to.get(id) ?? [])].flatMap((userId) => {
        const { name = '', email = '' } = subjects.get(userId) ?? {}
        return from.get(id)?.has(userId)
          ? []
          : [{ group: { id, name: names.get(id) ?? '' }, person: { id: userId, name, email } }]
      }),
    )
  const removed = moves(plan.wanted, is)
  const added = moves(is, plan.wanted)
  const given = new Set(await readGroupsGiven(tx, groupIds))
  const telling = { ...applying, isGiven: ({ id }: { id: string }) => given.has(id) }
  await applyMoves(telling, 'remove', removed)
  await applyMoves(telling, 'add', added)
  const counts = { saved: plan.saved.length, added: added.length, removed: removed.length }
  return { groups: { read: reading.groups.length, ...counts }, notes: plan.notes }
}

interface SavedGroup {
  id: string
  name: string
  before: string | null
}

function recordGroups(
  { record, operation }: { record: RecordEntries; operation: Operation },
  saved: readonly SavedGroup[],
) {
  for (const { id, name, before } of saved) {
    const eventType = before === null ? 'user_group_create' : 'user_group_update'
    const changes = [{ field: 'name', from: before, to: name }]
    const entry = auditOf(operation, { eventType, resource: { type: 'user_group', id, name }, changes })
    record({ ...entry, sourceKey: `${entry.sourceKey}:${id}` })
  }
}
