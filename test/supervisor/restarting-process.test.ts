import { beforeEach, expect, test } from 'vitest'
import type { Child, Exit } from '../../src/local/child-process.ts'
import { createRestartingProcess, type RestartingProcess } from '../../src/local/restarting-process.ts'
import { StartFailure } from '../../src/platform/config/start-failure.ts'

const crash: Exit = { code: 1, signal: null }

/** What the next starts do: a failure is thrown, else the part serves until it is told to exit. */
let failures: StartFailure[]
let running: { child: Child; exit(how: Exit): void }[]
let lines: string[]
let pauses: number[]
/** Ends the pause that the keeper is in. */
let goOn: () => void
let time: number
let keeper: RestartingProcess

beforeEach(() => {
  failures = []
  running = []
  lines = []
  pauses = []
  time = 0
  keeper = createRestartingProcess({
    name: 'worker',
    start,
    record: { add: () => {}, remove: () => {} },
    report: (line) => lines.push(line),
    now: () => time,
    pause: (milliseconds) => {
      pauses.push(milliseconds)
      return new Promise((resolve) => {
        goOn = resolve
      })
    },
  })
})

async function start(onSpawn: (child: Child) => void) {
  let exit: (how: Exit) => void = () => {}
  const exited = new Promise<Exit>((resolve) => {
    exit = resolve
  })
  const stop = () => {
    exit({ code: 0, signal: null })
    return exited
  }
  const child = { name: 'worker', pid: running.length, startTime: '', exited, stop } as unknown as Child
  onSpawn(child)
  const failure = failures.shift()
  if (failure) throw failure
  running.push({ child, exit })
  return { child, stop: async () => void (await stop()) }
}

/** The part that runs ends, and the keeper is in the pause that follows. */
async function end(how: Exit = crash): Promise<void> {
  const count = pauses.length
  running.at(-1)?.exit(how)
  await expect.poll(() => pauses.length).toBe(count + 1)
}

/** The part that runs crashes, and is started again after its pause. */
async function crashAndReturn(): Promise<void> {
  const count = running.length
  await end()
  goOn()
  await expect.poll(() => running.length).toBe(count + 1)
}

test('a part that has served is started again for ever, after pauses that grow to 30 s', async () => {
  await keeper.start()

  for (let n = 0; n < 50; n += 1) await crashAndReturn()

  expect(pauses.slice(0, 10)).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000])
  expect(new Set(pauses.slice(10))).toEqual(new Set([30_000]))
  expect(running).toHaveLength(51)
})

test('each crash is told with its cause and the pause, and so is the return', async () => {
  await keeper.start()

  await crashAndReturn()
  await end({ code: null, signal: 'SIGKILL' })

  expect(lines).toEqual([
    'worker stopped unexpectedly (exit code 1); starting it again in 0.1 s',
    'worker is back',
    'worker stopped unexpectedly (SIGKILL); starting it again in 0.2 s',
  ])
})

test('the pause is short again after the part has been well for a while', async () => {
  await keeper.start()
  for (let n = 0; n < 5; n += 1) await crashAndReturn()

  time += 10_000
  await end()

  expect(pauses.at(-1)).toBe(100)
})

test('a part that does not come up again is tried for ever too', async () => {
  await keeper.start()
  failures = Array.from({ length: 20 }, () => new StartFailure('worker stopped (exit code 1).'))

  await end()
  for (let n = 2; n <= 21; n += 1) {
    goOn()
    await expect.poll(() => pauses.length).toBe(n)
  }
  goOn()
  await expect.poll(() => lines.at(-1)).toBe('worker is back')

  expect(lines[1]).toBe('worker did not come up again (worker stopped (exit code 1)); next try in 0.2 s')
  expect(lines.at(-2)).toBe('worker did not come up again (worker stopped (exit code 1)); next try in 30 s')
})

test('a part that never came up is given up at once', async () => {
  failures = [new StartFailure('worker stopped (exit code 1).')]

  await expect(keeper.start()).rejects.toThrow('worker stopped (exit code 1).')

  expect(pauses).toEqual([])
  expect(lines).toEqual([])
})

test('a part that is stopped while it waits stays stopped', async () => {
  await keeper.start()
  await end()

  await keeper.stop()
  goOn()
  await new Promise((resolve) => setImmediate(resolve))

  expect(running).toHaveLength(1)
})

test('a restart while a part waits starts it at once, and only once', async () => {
  await keeper.start()
  await end()

  await keeper.restart()
  goOn()
  await new Promise((resolve) => setImmediate(resolve))

  expect(running).toHaveLength(2)
  expect(lines.at(-1)).toBe('worker is back')
})
