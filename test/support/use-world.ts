/** A world of workflows for a test file. */
import { afterAll, afterEach, beforeAll, inject } from 'vitest'
import { quietRuntime, type Stage, startWorld, type World, type WorldOptions } from './workflow-world.ts'

/**
 * A world for the tests of this file, and a new stage for each of them.
 * `eachItsOwn` starts a server per test: a child workflow leaves the time of the time-skipping server standing still.
 */
export function useWorld(server: WorldOptions['server'] = 'time-skipping', { eachItsOwn = false } = {}) {
  let world: World | undefined
  const stages: Stage[] = []

  async function open(): Promise<World> {
    const binary = inject(server === 'real' ? 'temporalCliPath' : 'testServerPath')
    world ??= await startWorld({ server, binary, workflowBundlePath: inject('workflowBundlePath') })
    return world
  }
  async function close(): Promise<void> {
    await world?.close()
    world = undefined
  }

  beforeAll(quietRuntime)
  afterEach(async () => {
    await world?.endLeftovers()
    await Promise.all(stages.splice(0).map((stage) => stage.close()))
    if (eachItsOwn) await close()
  })
  afterAll(close)

  return {
    async stage(options?: Parameters<World['stage']>[0]): Promise<Stage> {
      const stage = await (await open()).stage(options)
      stages.push(stage)
      return stage
    },
  }
}
