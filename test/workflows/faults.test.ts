/** Everything failing at once, on a real server: one decision, and the row says the same as the workflow. */
import { cancelled } from '@temporalio/activity'
import { Worker } from '@temporalio/worker'
import { expect, inject, test } from 'vitest'
import { createActivities } from '../../activities/index.ts'
import { workerDataConverterFor } from '../../src/platform/engine/client.ts'
import { type TestWorker, until } from '../support/test-server.ts'
import { useTestServer } from '../support/use-test-server.ts'

const { startTestWorker } = useTestServer('real')

/** The same faults every time. */
function createChance(seed: number) {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

async function race(on: TestWorker, admins: readonly [string, string], isRemote: boolean) {
  const request = await on.submit(on.company.addUser(), { connectorId: isRemote ? 'c0ffee' : null })
  const [grant, deny] = await Promise.all([
    request.override({ by: admins[0], decision: 'grant' }).catch((error: unknown) => error as Error),
    request.override({ by: admins[1], decision: 'deny', reason: 'No.' }).catch((error: unknown) => error as Error),
    request.signal('flowClosed', { cause: 'deleted' }).catch(() => undefined),
  ])
  if (on.row(request.id).status === 'error')
    await request.signal('flowClosed', { cause: 'deleted' }).catch(() => undefined)
  return { request, answers: [grant, deny], end: await request.end() }
}

test('sixty requests, granted, denied and canceled at the same moment with a third of everything failing, each have one outcome', async () => {
  const on = await startTestWorker({ maxCachedWorkflows: 10 })
  const chance = createChance(42)
  const fail = () => {
    if (chance() < 0.3) throw new Error('out of order')
  }
  on.faults.commit = fail
  on.faults.give = fail
  const admins = [on.company.addUser({ isAdministrator: true }), on.company.addUser({ isAdministrator: true })] as const

  const outcomes: Awaited<ReturnType<typeof race>>[] = []
  let left = 60
  const lane = async () => {
    while (left > 0) outcomes.push(await race(on, admins, left-- % 4 === 0))
  }
  await Promise.all(Array.from({ length: 8 }, lane))

  expect(outcomes).toHaveLength(60)
  for (const { request, answers, end } of outcomes) {
    const decided = answers.flatMap((answer) =>
      answer instanceof Error || answer.status === 'error' ? [] : [answer.status],
    )
    expect(decided.length).toBeLessThanOrEqual(1)
    expect([end, undefined]).toContain(decided[0])
    const row = on.row(request.id)
    expect(row.status).toBe(end)
    expect(row.decision?.outcome).toBe(end)
    expect(on.given.has(request.id)).toBe(end === 'approved')
  }
  expect(new Set(outcomes.map(({ end }) => end)).size).toBeGreaterThan(1)
}, 60_000)

test('a worker without the key changes nothing; with the key the request goes on', async () => {
  const on = await startTestWorker()
  const admin = on.company.addUser({ isAdministrator: true })
  const request = await on.submit(on.company.addUser())
  await on.close()
  const stranger = await Worker.create({
    connection: on.env.nativeConnection,
    taskQueue: on.taskQueue,
    workflowBundle: { codePath: inject('workflowBundlePath') },
    activities: createActivities(on.deps),
    dataConverter: workerDataConverterFor([{ id: 'other', key: Buffer.alloc(32, 1) }]),
  })

  await stranger.runUntil(async () => {
    await request.signal('override', { by: admin, decision: 'grant' })
    await new Promise((resolve) => setTimeout(resolve, 1500))
  })
  expect((await request.handle.describe()).status.name).toBe('RUNNING')
  expect(on.log).toEqual([])
  await on.reopen()

  expect(await request.end()).toBe('approved')
  expect(on.log).toEqual(['access given', 'overridden', 'approved'])
}, 60_000)

test('a worker that is stopped while access is given leaves it to the next one, which gives it once', async () => {
  const on = await startTestWorker()
  const admin = on.company.addUser({ isAdministrator: true })
  const request = await on.submit(on.company.addUser(), { connectorId: 'c0ffee' })
  on.faults.give = (attempt) => (attempt === 1 ? cancelled() : undefined)
  const answer = request.override({ by: admin, decision: 'grant' })
  await until(() => on.attempts('give') === 1)
  await on.close()
  await on.reopen()

  expect(await request.end()).toBe('approved')
  expect(await answer).toMatchObject({ status: 'approved' })
  expect(on.log).toEqual(['overridden', 'asked c0ffee to give', 'access given', 'approved'])
})
