/** Hands changes to the workflow that tells open requests of them, and tells one request. */
import type { DirectoryChange } from '../../../activities/index.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { listConcerned, listWaitingChanges, markChangeDone } from './directory-changes.repository.ts'
import type { RequestsEngine } from './requests.engine.ts'
import { isStarted } from './requests.repository.ts'

export interface DirectoryChangesDeps {
  engine: Pick<RequestsEngine, 'startFanOut' | 'flowClosed' | 'directoryChanged'>
  db: DbOrTx
  /** Of `features/grants`: ends the access of a user who was suspended. */
  endAccessOfSuspended: (userId: string) => Promise<void>
  /** Of `features/memberships`: has connected systems told what the change means to them. */
  settleAfter: (change: Pick<DirectoryChange, 'kind' | 'changedId'>) => Promise<void>
}

export function createDirectoryChangeCommands({ engine, db, endAccessOfSuspended, settleAfter }: DirectoryChangesDeps) {
  const tell = (requestId: string, { kind }: DirectoryChange): Promise<boolean> => {
    if (kind === 'flow_deleted') return engine.flowClosed(requestId, { cause: 'deleted' })
    if (kind === 'flow_disabled') return engine.flowClosed(requestId, { cause: 'disabled' })
    return engine.directoryChanged(requestId)
  }

  return {
    /**
     * Starts what tells open requests of each waiting change, and ends the access of those who were suspended; a change
     * that concerns nobody (any more) is done. @returns how many were dispatched
     */
    async dispatchChanges(alreadyDispatched: Set<string>): Promise<number> {
      const waiting = (await listWaitingChanges(db)).filter(({ eventId }) => !alreadyDispatched.has(eventId))
      // Of many changes of one group it is enough to be told once.
      const settled = new Set<string>()
      for (const change of waiting) {
        if (change.kind === 'user_changed') await endAccessOfSuspended(change.changedId)
        if (!settled.has(change.changedId)) await settleAfter(change)
        settled.add(change.changedId)
        const concerned = await listConcerned(db, change, { after: null, limit: 1 })
        if (concerned.length === 0) await markChangeDone(db, change.eventId)
        else await engine.startFanOut(change)
        alreadyDispatched.add(change.eventId)
      }
      return waiting.length
    },

    /** Tells one request. A workflow that is not there has ended, or has not been started yet. */
    async signal(requestId: string, change: DirectoryChange): Promise<'signalled' | 'closed' | 'not_started'> {
      if (await tell(requestId, change)) return 'signalled'
      return (await isStarted(db, requestId)) ? 'closed' : 'not_started'
    },
  }
}
