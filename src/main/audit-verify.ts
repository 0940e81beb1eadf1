/**
 * `npm run audit:verify [-- --since <checkpoint file>]`: walks the hash chain of the audit log and holds it against every
 * checkpoint it can see: those of the database, of the data folder, and of the file. Exit 1 and the first bad row when it is broken.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parseCheckpoints } from '../features/audit/audit.checkpoint.ts'
import { checkpointFileOf, readCheckpointFile } from '../features/audit/audit.checkpoint-file.ts'
import { createAuditLog } from '../features/audit/audit.repository.ts'
import type { KnownCheckpoint, Verdict } from '../features/audit/audit.verify.repository.ts'
import { encryptionKeysOf, readSettings } from '../platform/config/env.ts'
import { StartFailure } from '../platform/config/start-failure.ts'
import { openDatabase, ping } from '../platform/db/client.ts'
import { createSecretBox } from '../platform/secrets/secret-box.ts'
import { runMain } from './lifecycle.ts'

function sinceOf(args: string[]): string | undefined {
  try {
    return parseArgs({ args, options: { since: { type: 'string' } } }).values.since
  } catch {
    throw new StartFailure('npm run audit:verify takes --since with the path of a checkpoint file, and nothing else.')
  }
}

/** Checkpoints outside the database, each with the file it was found in. */
function readOutside(
  dataDir: string,
  since: string | undefined,
): { given: KnownCheckpoint[]; kept: KnownCheckpoint[] } {
  const from = (source: string, read: () => KnownCheckpoint['checkpoint'][]) => {
    try {
      return read().map((checkpoint) => ({ checkpoint, source }))
    } catch (cause) {
      throw new StartFailure(`${source} cannot be read as checkpoints: ${(cause as Error).message}.`, { cause })
    }
  }
  const kept = from(checkpointFileOf(dataDir), () => readCheckpointFile(dataDir))
  if (since === undefined) return { given: [], kept }
  const given = from(since, () => parseCheckpoints(readFileSync(since, 'utf8')))
  if (given.length === 0) throw new StartFailure(`${since} holds no checkpoint.`)
  return { given, kept }
}

function summaryOf({ rows, removed, checkpoints, erased }: Verdict): string {
  const fields = Object.entries(erased).map(([name, times]) => `${times} × ${name}`)
  const gone = fields.length > 0 ? ` Erased, as events of the log say: ${fields.join(', ')}.` : ''
  const before =
    removed > 0 ? ` Rows up to ${removed} were removed when they were old, as an event of the log says.` : ''
  return `The audit log is sound: ${rows} rows, ${checkpoints} checkpoints.${before}${gone}`
}

/** Of the checkpoints that were given, those whose rows are not kept any more. */
function notesOn(given: readonly KnownCheckpoint[], { removed }: Verdict): string[] {
  return given
    .filter(({ checkpoint }) => checkpoint.sequence > 0 && checkpoint.sequence < removed)
    .map(
      ({ checkpoint: { sequence, time }, source }) =>
        `The checkpoint of ${time} in ${source} names row ${sequence}, which lies before what retention removed: its signature is valid, and there is no row to compare it with.`,
    )
}

await runMain(async () => {
  const since = sinceOf(process.argv.slice(2).filter((word) => word !== 'audit-verify'))
  const settings = readSettings()
  if (!settings.databaseUrl) throw new StartFailure('DATABASE_URL is not set: there is no audit log to verify.')
  const { given, kept } = readOutside(settings.dataDir, since)
  const database = openDatabase(settings.databaseUrl, { name: 'gatehouse-audit-verify', max: 1 })
  await ping(database.db).catch((cause: unknown) => {
    throw new StartFailure(
      'The database does not answer. Start the service with npm start, or set DATABASE_URL to the address of its database.',
      { cause },
    )
  })
  const auditLog = createAuditLog({ secretBox: createSecretBox(encryptionKeysOf(settings)) })
  const verdict = await auditLog.verify(database.db, [...given, ...kept])
  const { rows, fault } = verdict
  await database.close()
  if (fault)
    throw new StartFailure(
      `The audit log is broken at row ${fault.seq}: ${fault.fault}. ${rows} rows before it are sound.`,
    )
  process.stdout.write(`${[summaryOf(verdict), ...notesOn(given, verdict)].join('\n')}\n`)
})
