/** Hands changes to the workflow that tells open requests of them, and tells one request. */
import type { FanOutSubject } from '../../../activities/index.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { listConcerned, listWaitingChanges, markChangeDone } from './outbox.repository.ts'
import type { RequestsEngine } from './requests.engine.ts'
import { isStarted } from './requests.repository.ts'

export interface OutboxDeps {
  engine: Pick<RequestsEngine, 'startFanOut' | 'flowClosed' | 'directoryChanged'>
  db: DbOrTx
  /** Of `features/grants`: ends the access of a user who was suspended. */
  endAccessOfSuspended: (userId: string) => Promise<void>
}

export function createOutboxCommands({ engine, db, endAccessOfSuspended }: OutboxDeps) {
  const tell = (requestId: string, { kind }: FanOutSubject): Promise<boolean> => {
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
      for (const subject of waiting) {
        if (subject.kind === 'user_changed') await endAccessOfSuspended(subject.subjectId)
        const concerned = await listConcerned(db, subject, { after: null, limit: 1 })
        if (concerned.length === 0) await markChangeDone(db, subject.eventId)
        else await engine.startFanOut(subject)
        alreadyDispatched.add(subject.eventId)
      }
      return waiting.length
    },

    /** Tells one request. A workflow that is not there has ended, or has not been started yet. */
    async signal(requestId: string, subject: FanOutSubject): Promise<'signalled' | 'closed' | 'not_started'> {
      if (await tell(requestId, subject)) return 'signalled'
      return (await isStarted(db, requestId)) ? 'closed' : 'not_started'
    },
  }
}
