/**
 * Records a history of every path of the workflows into test/replay/histories, where the tests replay them.
 * Run it for paths that are new. A path that is there already is overwritten only with --all: requests that were
 * started by released code still have to be replayed, so old histories are kept until none of them can be open.
 */

import { existsSync, mkdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { findTemporalCli, findTestServer } from '../src/local/temporal-binary.ts'
import { paths } from '../test/replay/paths.ts'
import { quietRuntime, startTestServer, type TestServer } from '../test/support/test-server.ts'
import { writeWorkflowBundle } from './lib/workflow-bundle.mjs'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'test', 'replay', 'histories')
const isAll = process.argv.includes('--all')
const binaries = { binDir: join(root, '.data-test', 'bin'), report: (line: string) => console.log(line) }

async function record(world: TestServer, name: string): Promise<void> {
  const on = await world.startTestWorker()
  try {
    const ids = await (paths[name] as (typeof paths)[string]).record(on)
    for (const [index, id] of ids.entries()) {
      const history = historyToJSON(await world.env.client.workflow.getHandle(id).fetchHistory())
      await writeFile(join(folder, `${name}${index === 0 ? '' : `.${index + 1}`}.json`), `${history}\n`)
    }
    console.log(`recorded ${name}`)
  } finally {
    await on.close()
  }
}

const wanted = Object.keys(paths).filter((name) => isAll || !existsSync(join(folder, `${name}.json`)))
if (wanted.length === 0) console.log('Every path is recorded. Until the first release, --all records them anew.')
const scratch = await mkdtemp(join(tmpdir(), 'gatehouse-histories-'))
try {
  quietRuntime()
  mkdirSync(folder, { recursive: true })
  const workflowBundlePath = join(scratch, 'workflow-bundle.js')
  await writeWorkflowBundle(root, workflowBundlePath)
  for (const skips of [false, true]) {
    const names = wanted.filter((name) => (paths[name]?.skips ?? false) === skips)
    if (names.length === 0) continue
    const binary = await (skips ? findTestServer(binaries) : findTemporalCli(binaries))
    const world = await startTestServer({ server: skips ? 'time-skipping' : 'real', binary, workflowBundlePath })
    for (const name of names) await record(world, name)
    await world.close()
  }
} finally {
  await rm(scratch, { recursive: true, force: true })
}
