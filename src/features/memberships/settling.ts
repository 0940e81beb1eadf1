/**
 * Has every connected system know exactly whom something holds there: what nobody else sees to is told here, however long it
 * takes. A group or a person that is gone, a suspension and its end, a call of which nobody knows what became.
 */
import { setTimeout as pause } from 'node:timers/promises'
import pLimit from 'p-limit'
import { auditOfSystem } from '../../domain/operation.ts'
import { ConnectorError } from '../../domain/shared/connector-error.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import type { Connector, MembershipChange } from '../connectors/connector.ts'
import { countRemoval, tryLockMembership } from './memberships.repository.ts'
import { changeOf } from './provisioning.ts'
import { carryOut } from './telling.ts'
import { type BegunCall, beginCall, listUnsettled, noteFailure, type Place, type Verb } from './told.repository.ts'

export interface SettlingDeps {
  db: DbOrTx
  auditLog: Pick<AuditLog, 'within'>
  /** Of `features/connectors`; null is the directory itself. */
  connectorFor: (connectorId: string | null) => Promise<Connector | null>
}

/** `busy`: a change of the membership goes on, which this waits for. */
type Outcome = 'settled' | 'refused' | 'away' | 'busy'

interface Work {
  verb: Verb
  change: MembershipChange
  call: BegunCall
}

/** Calls to one system at the same time. */
const atOnce = 4
/** So many in a row that do not answer are a system that is away: the others are left for later. */
const mostAway = 8
const pageSize = 200
const busyPauseMs = 250

/** @returns settles one membership: undefined when there was nothing to be done */
function createSettle({ db, auditLog, connectorFor }: SettlingDeps) {
  /** What is to be told of one membership, decided under its lock; undefined when nothing is. */
  const begin = (place: Place): Promise<Work | 'busy' | undefined> =>
    db.transaction(async (tx) => {
      if (!(await tryLockMembership(tx, place))) return 'busy'
      const [unsettled] = await listUnsettled(tx, place, { limit: 1 })
      if (!unsettled) return undefined
      const { verb } = unsettled
      const change = await changeOf(tx, place, { key: '', accessRequestId: null, grantId: null })
      if (!change) return undefined
      const call = await beginCall(tx, place, { verb, told: { user: change.user, group: change.group } })
      return { verb, change: { ...change, key: `settle-${verb}/${call.id}` }, call }
    })

  async function tell(place: Place, { verb, change, call }: Work): Promise<void> {
    const connector = await connectorFor(place.connectorId)
    if (!connector) return
    await carryOut({ db, place, call, told: change }, { verb, connector, change })
    await auditLog.within(db, async (tx, record) => {
      if (verb === 'remove') await countRemoval(tx, place)
      record(entryOf(place, { verb, change, call }))
    })
  }

  /** It is tried again later; the log is told of the first failure in a row. */
  async function fail(place: Place, work: Work, error: ConnectorError): Promise<void> {
    const told = { user: work.change.user, group: work.change.group }
    await auditLog.within(db, async (tx, record) => {
      if (await noteFailure(tx, place, { told, error: error.message })) record(entryOf(place, work, error.message))
    })
  }

  return async (place: Place): Promise<Outcome | undefined> => {
    const work = await begin(place)
    if (!work || work === 'busy') return work
    try {
      await tell(place, work)
      return 'settled'
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error
      await fail(place, work, error)
      return error.retryable ? 'away' : 'refused'
    }
  }
}

export function createSettling(deps: SettlingDeps) {
  const settle = createSettle(deps)

  /** One pass over a system. @returns how many were told, and how many somebody else is at */
  async function pass(connectorId: string, progress: () => void): Promise<{ settled: number; busy: number }> {
    const inTurn = pLimit(atOnce)
    let [settled, busy, away] = [0, 0, 0]
    for (let after: Place | undefined; away < mostAway; ) {
      const page = await listUnsettled(deps.db, { connectorId }, { after, limit: pageSize })
      await Promise.all(
        page.map((place) =>
          inTurn(async () => {
            if (away >= mostAway) return
            const outcome = await settle(place)
            progress()
            if (outcome === 'settled') settled += 1
            if (outcome === 'busy') busy += 1
            away = outcome === 'away' ? away + 1 : 0
          }),
        ),
      )
      after = page.at(-1)
      if (page.length < pageSize) break
    }
    return { settled, busy }
  }

  return {
    /** Until nothing is left but what has failed, and is tried again later. `progress` is called now and then. */
    async settleSystem(connectorId: string, progress: () => void): Promise<void> {
      for (let isOver = false; !isOver; ) {
        const { settled, busy } = await pass(connectorId, progress)
        isOver = settled + busy === 0
        if (settled === 0 && busy > 0) await pause(busyPauseMs)
      }
    },
  }
}

/** @param failure what the system said when it did not do it */
function entryOf({ connectorId, groupId, userId }: Place, { verb, change, call }: Work, failure: string | null = null) {
  const membership = { groupId, userId }
  return auditOfSystem(`${connectorId}:${call.id}`, {
    eventType: 'access_management_association_change',
    resource: { type: 'user_group', id: groupId, name: change.group.name },
    changes: [
      {
        field: 'connected_membership',
        from: verb === 'remove' ? membership : null,
        to: verb === 'add' ? membership : null,
      },
      { field: 'connectorId', from: null, to: connectorId },
    ],
    ...(failure !== null && { success: false, errorMessage: failure }),
  })
}
