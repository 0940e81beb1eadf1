/**
 * `npm run reconcile [-- --check]`: compares every request and grant with its workflow and mends what differs.
 * `--check` changes nothing, and exits with 1 on a difference. The last line is the figure. Needs a worker that runs.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { pino } from 'pino'
import { encryptionKeysOf, readSettings } from '../platform/config/env.ts'
import { StartFailure } from '../platform/config/start-failure.ts'
import { openDatabase } from '../platform/db/client.ts'
import { createTemporalClient } from '../platform/engine/client.ts'
import { createSecretBox } from '../platform/secrets/secret-box.ts'
import { createEngineParts } from './engine-parts.ts'
import { requireAnswers, runMain } from './lifecycle.ts'

/** How long workflows that were told, or are started anew, may take to be as their rows say; milliseconds. */
const settleWithinMs = 30_000

const say = (line: string) => void process.stdout.write(`${line}\n`)

await runMain(async () => {
  const unknown = process.argv.slice(2).filter((word) => word !== '--check' && word !== 'reconcile')
  if (unknown.length > 0) throw new StartFailure(`npm run reconcile takes --check and nothing else, not ${unknown[0]}.`)
  const isCheck = process.argv.includes('--check')
  const settings = readSettings()
  if (!settings.databaseUrl) throw new StartFailure('DATABASE_URL is not set: there is nothing to compare.')
  const keys = encryptionKeysOf(settings)
  const database = openDatabase(settings.databaseUrl, { name: 'gatehouse-reconcile', max: 2 })
  const client = await createTemporalClient(settings, keys)
  await requireAnswers(database, client)
  const { reconciliation } = createEngineParts({
    db: database.db,
    client,
    taskQueue: settings.temporalTaskQueue,
    secretBox: createSecretBox(keys),
    log: pino({ level: 'silent' }),
  })
  const compare = (check: boolean, report: (line: string) => void) =>
    reconciliation.run({ isThorough: true, isCheck: check }, (line) => line !== undefined && report(line))

  const { lookedAt, differing } = await compare(isCheck, say)
  const left = isCheck || differing === 0 ? differing : await untilSame(() => compare(true, () => undefined))
  await Promise.all([client.connection.close(), database.close()])
  if (!isCheck && left > 0) say(`${left} still differ: is a worker running?`)
  say(`${lookedAt} looked at, ${differing} ${isCheck ? 'differ' : 'mended'}`)
  process.exitCode = left > 0 ? 1 : 0
})

async function untilSame(check: () => Promise<{ differing: number }>): Promise<number> {
  const end = Date.now() + settleWithinMs
  for (;;) {
    const { differing } = await check()
    if (differing === 0 || Date.now() > end) return differing
    await wait(500)
  }
}
