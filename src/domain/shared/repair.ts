/** What has to be done when a record in the database and its workflow say different things. */

/** What two records are compared by. */
export interface Versioned {
  version: number
  carriedOut: readonly string[]
}

/** `ended`: terminated, canceled, failed or timed out. `gone`: the server knows nothing of it (any more). */
export type WorkflowStatus = 'running' | 'completed' | 'ended' | 'gone'

export type Repair =
  /** The workflow is ahead: its record is written to the row. */
  | 'row_written'
  /** The row is ahead: the workflow is told to look, and adopts it. */
  | 'workflow_told'
  /** Nothing will end it any more: it is closed. */
  | 'closed'
  /** There is no workflow: one is started from the row. */
  | 'workflow_started'

interface Pair {
  /** Null when there is none. */
  row: (Versioned & { isOpen: boolean }) | null
  status: WorkflowStatus
  /** What the workflow knows; null when it was not asked. */
  record: Versioned | null
}

/** One commit is one version, however many moves it holds. @param messageId null when it only caught up */
export function asNextVersion<R extends Versioned>(after: R, before: Versioned, messageId: string | null): R {
  const carriedOut = messageId === null ? before.carriedOut : [...before.carriedOut, messageId]
  return { ...after, version: before.version + 1, carriedOut }
}

/** Of two records that were set back, one version can have been made by different messages. */
export function isSameVersion(one: Versioned, other: Versioned): boolean {
  return one.version === other.version && one.carriedOut.at(-1) === other.carriedOut.at(-1)
}

/** The row arbitrates unless the workflow has a later version. */
function repairOfTwo(row: Versioned, record: Versioned): Repair | null {
  if (isSameVersion(row, record)) return null
  return record.version > row.version ? 'row_written' : 'workflow_told'
}

/** Does the workflow have to be asked what it knows? `isThorough` compares the versions of what runs and is open, too. */
export function needsRecord({ row, status }: Pick<Pair, 'row' | 'status'>, isThorough: boolean): boolean {
  if (status === 'running') return row === null || (row.isOpen && isThorough)
  return status === 'completed' && (row === null || row.isOpen)
}

/** The repair of a request; null when row and workflow agree, or there is nothing to go by. */
export function repairOfRequest({ row, status, record }: Pair): Repair | null {
  if (row === null) return record && 'row_written'
  if (status === 'running') {
    if (!row.isOpen) return 'workflow_told'
    return record && repairOfTwo(row, record)
  }
  if (!row.isOpen) return null
  if (status === 'gone') return 'workflow_started'
  return record && record.version > row.version ? 'row_written' : 'closed'
}

/**
 * The repair of a grant, whose workflow waits for its end.
 * @param isWaitedFor it has an end, or is being taken away
 */
export function repairOfGrant({ row, status, record }: Pair, isWaitedFor: boolean): Repair | null {
  if (row === null) return null // it comes back with its request
  if (status === 'running') {
    if (!row.isOpen) return 'workflow_told'
    return record && !isSameVersion(row, record) ? 'workflow_told' : null
  }
  if (!row.isOpen) return null
  if (record && record.version > row.version) return 'row_written'
  return isWaitedFor ? 'workflow_started' : null
}
