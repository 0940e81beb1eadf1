/** What the tests share, once for a run: one Postgres with a migrated template, the Temporal programs, the workflow bundle. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { writeWorkflowBundle } from '../../scripts/lib/workflow-bundle.mjs'
import { killRemainingChildren } from '../../src/local/child-process.ts'
import { startEmbeddedPostgres } from '../../src/local/postgres.ts'
import { findTemporalCli, findTestServer } from '../../src/local/temporal-binary.ts'
import { migrateDatabase } from '../../src/platform/db/migrate.ts'
import { makeTemplate } from './template.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the superuser on the server of this run; `createTestDatabase` makes databases of one's own there. */
    databaseUrl: string
    /** Address of the service's role there. */
    serviceDatabaseUrl: string
    /** The time-skipping test server, for `existing-path`. */
    testServerPath: string
    /** The `temporal` CLI, for `existing-path`. */
    temporalCliPath: string
    /** The bundle for `workflowBundle: { codePath }`. */
    workflowBundlePath: string
  }
}

const root = join(import.meta.dirname, '..', '..')
/** Kept between runs. */
const binDir = join(root, '.data-test', 'bin')

/** Brings everything up, once for all projects; the function it returns takes it down. The unit tests alone need nothing. */
export default async function setup(project: TestProject) {
  if (project.vitest.projects.every(({ name }) => name === 'unit')) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-test-'))
  process.once('exit', () => {
    // Also when the run is broken off: nothing stays behind.
    killRemainingChildren()
    rmSync(folder, { recursive: true, force: true })
  })
  const report = (line: string) => console.log(line)
  const workflowBundlePath = join(folder, 'workflow-bundle.js')
  const [postgres, temporalCliPath, testServerPath] = await Promise.all([
    startEmbeddedPostgres({ dataDir: folder, port: 0, fsync: false }),
    findTemporalCli({ binDir, report }),
    findTestServer({ binDir, report }),
    existsSync(join(root, 'workflows', 'index.ts')) ? writeWorkflowBundle(root, workflowBundlePath) : undefined,
  ])
  await makeTemplate(postgres, migrateDatabase)
  project.provide('databaseUrl', postgres.url)
  project.provide('serviceDatabaseUrl', postgres.serviceUrl)
  project.provide('temporalCliPath', temporalCliPath)
  project.provide('testServerPath', testServerPath)
  project.provide('workflowBundlePath', workflowBundlePath)
  return () => postgres.stop()
}
