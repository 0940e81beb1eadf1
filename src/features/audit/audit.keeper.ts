/** Makes checkpoints of the audit log and keeps each in three places: the database, the process's log, and the data folder. */
import type { Logger } from 'pino'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { reasonOf } from '../../platform/log/log.ts'
import { keepInFile, readCheckpointFile } from './audit.checkpoint-file.ts'
import { type CheckpointDeps, isCheckpointHeld, makeCheckpoint } from './audit.checkpoints.repository.ts'

export interface KeeperDeps extends CheckpointDeps {
  db: DbOrTx
  /** Nothing is kept in a file without one, or when it is not there. */
  dataDir: string | undefined
  log: Pick<Logger, 'info' | 'error'>
}

/** `keep` fails only when the database does; what it finds wrong is logged as an error, and it goes on. */
export function createCheckpointKeeper({ db, dataDir, log, ...deps }: KeeperDeps) {
  /** The file is out of reach for whoever only writes SQL: it shows at once that the log was emptied or set back. */
  async function compareWithFile(folder: string): Promise<void> {
    const last = readCheckpointFile(folder).at(-1)
    if (last && !(await isCheckpointHeld(db, last)))
      log.error(
        { sequence: last.sequence, time: last.time },
        'the audit log does not hold its last checkpoint any more: it was cut, emptied or set back (npm run audit:verify says more)',
      )
  }

  return {
    async keep(): Promise<void> {
      if (dataDir) await compareWithFile(dataDir).catch((error) => log.error(`checkpoints: ${reasonOf(error)}`))
      const { checkpoint, isNew } = await makeCheckpoint(db, deps)
      if (isNew) log.info({ checkpoint }, 'checkpoint of the audit log')
      try {
        if (dataDir) keepInFile(dataDir, checkpoint)
      } catch (error) {
        log.error(`the checkpoint could not be kept in the data folder: ${reasonOf(error)}`)
      }
    },
  }
}
