/** One worker process after the other: the next one is started when the one before has killed itself. */
import { once } from 'node:events'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { inject } from 'vitest'
import type { GrantMessage } from '../../src/domain/grant/move.ts'
import type { Message } from '../../src/domain/request/messages.ts'
import { type Child, startChild } from '../../src/local/child-process.ts'
import { childEnvironment } from '../../src/platform/config/env.ts'
import { until } from './test-server.ts'
import type { TestService } from './worker-service.ts'

export type Kind = `request ${Message['type']}` | `grant ${GrantMessage['type']}`

/** After which commit a worker kills itself. */
export interface Armed {
  kind: Kind
  /** Whose request or grant it is. */
  userId: string
}

/** The last words of a worker. */
export interface Death {
  kind: Kind
  workflowId: string
  /** Commits that it has made for this workflow, the last one included. */
  commits: number
  /** What it has written; null when the message has made no new version. */
  version: number | null
}

const said = 'killed '

const root = join(import.meta.dirname, '..', '..')
const program = join(root, '.data-test', 'killable-worker', 'worker.mjs')

/** Once for all of them: as it is written, each would take a second longer to begin. */
async function buildProgram(): Promise<void> {
  await build({
    entryPoints: [join(root, 'test', 'support', 'killable-worker.ts')],
    outfile: program,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  })
  // Loaded by its path.
  const converter = 'failure-converter.cjs'
  await copyFile(join(root, 'src', 'platform', 'engine', converter), join(program, '..', converter))
}

/** @param onDeath is done before there is another worker */
export function startRelay(world: TestService, onDeath: (death: Death) => Promise<void>) {
  let isClosing = false
  const built = buildProgram()
  let current = addUser()
  let deaths = 0
  let deathsBefore = 0
  const running = relay()
  // Whoever closes the relay is told.
  running.catch(() => undefined)

  async function addUser() {
    let death: Death | undefined
    await built
    const child = await startChild({
      name: 'worker',
      command: process.execPath,
      args: [program],
      env: childEnvironment({
        TEMPORAL: world.env.address,
        DATABASE: world.databaseUrl,
        TASK_QUEUE: world.taskQueue,
        ENCRYPTION_KEY: world.encryptionKey.toString('hex'),
        WORKFLOW_BUNDLE: inject('workflowBundlePath'),
      }),
      ipc: true,
      onLine: (line) => {
        if (line.startsWith(said)) death = JSON.parse(line.slice(said.length)) as Death
        else if (process.env['TEST_LOG']) console.log(line)
      },
    })
    const isReady = once(child.process, 'message')
    return { child, isReady, death: () => death }
  }

  async function relay(): Promise<void> {
    while (!isClosing) {
      const { child, death } = await current
      const exit = await child.exited
      if (isClosing) return
      const lastWords = death()
      if (exit.signal !== 'SIGKILL' || !lastWords) throw endedByItself(child)
      await onDeath(lastWords)
      current = addUser()
      deaths++
    }
  }

  return {
    /** Resolves when the worker of now is armed. */
    async arm(armed: Armed): Promise<void> {
      const { child, isReady } = await current
      await isReady
      deathsBefore = deaths
      child.process.send(armed)
      await once(child.process, 'message')
    },

    /** Resolves when the armed worker is dead and another one at work. */
    async takeover(): Promise<void> {
      await until(() => deaths > deathsBefore)
      await (await current).isReady
    },

    /** @throws when a worker has ended otherwise than by its own hand */
    async close(): Promise<void> {
      isClosing = true
      const { child } = await current
      await child.stop('SIGKILL', 1000)
      await running
    },
  }
}

function endedByItself(child: Child): Error {
  return new Error(`a worker ended that was to go on: ${child.lastLines().join('\n')}`)
}
