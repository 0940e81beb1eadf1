/** Checkpoints kept outside the database: one in each line of DATA_DIR/audit-checkpoints.jsonl. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Checkpoint, parseCheckpoints } from './audit.checkpoint.ts'

export const checkpointFileOf = (dataDir: string) => join(dataDir, 'audit-checkpoints.jsonl')

/** Those that are there; none when there is no file. @throws Error when a line is no checkpoint */
export function readCheckpointFile(dataDir: string): Checkpoint[] {
  const path = checkpointFileOf(dataDir)
  return existsSync(path) ? parseCheckpoints(readFileSync(path, 'utf8')) : []
}

/** Adds a checkpoint unless it is the last one already. Does nothing when there is no data folder. */
export function keepInFile(dataDir: string, one: Checkpoint): void {
  const path = checkpointFileOf(dataDir)
  const line = `${JSON.stringify(one)}\n`
  if (!existsSync(dataDir) || (existsSync(path) && readFileSync(path, 'utf8').endsWith(line))) return
  writeFileSync(path, line, { flag: 'a', mode: 0o600, flush: true })
}
