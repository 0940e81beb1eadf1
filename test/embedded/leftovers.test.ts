import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Child, killRemainingChildren, startChild } from '../../src/local/child-process.ts'
import { isAlive, startTimeOf } from '../../src/local/process-identity.ts'
import { claimDataDir } from '../../src/local/run-record.ts'

let dataDir: string
const children: Child[] = []
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-run-'))
})
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.stop('SIGKILL', 1000)))
  rmSync(dataDir, { recursive: true })
})

async function aSleeper(): Promise<Child> {
  const args = ['-e', 'setInterval(() => {}, 1000)']
  const child = await startChild({ name: 'sleeper', command: process.execPath, args, env: {} })
  children.push(child)
  return child
}

async function aDeadProcess(): Promise<{ pid: number; startTime: string }> {
  const child = spawn(process.execPath, ['-e', ''])
  const pid = child.pid as number
  const startTime = startTimeOf(pid) as string
  await new Promise((resolve) => child.once('exit', resolve))
  return { pid, startTime }
}

const runFile = () => join(dataDir, 'run.json')

it('a second start on the same data folder is refused and names the first', async () => {
  await claimDataDir(dataDir)

  await expect(claimDataDir(dataDir)).rejects.toThrow(`already running on this data folder (pid ${process.pid})`)
})

it('what a killed run left running is ended before the next one begins', async () => {
  const { name, pid, startTime } = await aSleeper()
  writeFileSync(runFile(), JSON.stringify({ supervisor: await aDeadProcess(), parts: [{ name, pid, startTime }] }))

  const record = await claimDataDir(dataDir)

  expect(isAlive({ pid, startTime })).toBe(false)
  record.release()
  expect(existsSync(runFile())).toBe(false)
})

it('a stranger that got the pid of a leftover is left alone', async () => {
  const { name, pid, startTime } = await aSleeper()
  const parts = [{ name, pid, startTime: `${startTime}0` }]
  writeFileSync(runFile(), JSON.stringify({ supervisor: await aDeadProcess(), parts }))

  await claimDataDir(dataDir)

  expect(isAlive({ pid, startTime })).toBe(true)
})

it('a stranger that got the pid of the killed run does not block the folder', async () => {
  const supervisor = { pid: process.pid, startTime: 'long ago' }
  writeFileSync(runFile(), JSON.stringify({ supervisor, parts: [] }))

  await expect(claimDataDir(dataDir)).resolves.toBeDefined()
})

it('a run file cut short by a full disk names nobody', async () => {
  writeFileSync(runFile(), '{"supervisor":{"pid":12')

  await expect(claimDataDir(dataDir)).resolves.toBeDefined()
})

it('a part that has only just been spawned is ended with us', async () => {
  const sleeping = aSleeper()
  await Promise.resolve()

  killRemainingChildren()

  expect(await (await sleeping).exited).toMatchObject({ signal: 'SIGKILL' })
})
