/** Hands changes to the workflow that tells open requests of them, and tells one request. */
import type { DirectoryChange } from '../../../activities/index.ts'
import type { GrantsEngine } from '../grants/grants.engine.ts'
import type { GrantsRepository } from '../grants/grants.repository.ts'
import type { DirectoryChangesRepository } from './directory-changes.repository.ts'
import type { RequestsEngine } from './requests.engine.ts'
import type { RequestsRepository } from './requests.repository.ts'

export interface DirectoryChangesDeps {
  engine: Pick<RequestsEngine, 'startFanOut' | 'flowClosed' | 'directoryChanged'>
  directoryChanges: DirectoryChangesRepository
  requests: Pick<RequestsRepository, 'isStarted'>
  grants: Pick<GrantsRepository, 'ofSuspended' | 'find'>
  grantsEngine: Pick<GrantsEngine, 'lookAgain'>
}

export function createDirectoryChangeCommands({
  engine,
  directoryChanges,
  requests,
  grants,
  grantsEngine,
}: DirectoryChangesDeps) {
  /** Ends the access of somebody who was suspended, in the order of its ids: to be done again until all of it is told. */
  async function endAccessOf({ kind, changedId }: DirectoryChange): Promise<void> {
    if (kind !== 'user_changed') return
    for (const id of await grants.ofSuspended(changedId)) {
      const grant = await grants.find(id)
      if (grant) await grantsEngine.lookAgain(grant)
    }
  }

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
      const waiting = (await directoryChanges.waiting()).filter(({ eventId }) => !alreadyDispatched.has(eventId))
      for (const change of waiting) {
        await endAccessOf(change)
        const concerned = await directoryChanges.page(change, null, 1)
        if (concerned.length === 0) await directoryChanges.done(change.eventId)
        else await engine.startFanOut(change)
        alreadyDispatched.add(change.eventId)
      }
      return waiting.length
    },

    /** Tells one request. A workflow that is not there has ended, or has not been started yet. */
    async signal(requestId: string, change: DirectoryChange): Promise<'signalled' | 'closed' | 'not_started'> {
      if (await tell(requestId, change)) return 'signalled'
      return (await requests.isStarted(requestId)) ? 'closed' : 'not_started'
    },
  }
}
