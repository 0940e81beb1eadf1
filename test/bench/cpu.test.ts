/** The bench counts the CPU of every process of a service, however short its life. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { cpuMs } from '../../bench/cpu.ts'

const burnMs = 300
const burn = `const end = process.cpuUsage().user / 1000 + ${burnMs}; while (process.cpuUsage().user / 1000 < end);`

test.runIf(process.platform === 'linux')('the CPU time of a process that has ended stays in the sum', async () => {
  const before = cpuMs([process.pid])

  await promisify(execFile)(process.execPath, ['-e', burn])

  expect(cpuMs([process.pid]) - before).toBeGreaterThanOrEqual(burnMs)
})

test('the CPU time of a process that runs counts with what it has started', () => {
  expect(cpuMs([process.ppid])).toBeGreaterThanOrEqual(cpuMs([process.pid]))
  expect(cpuMs([process.pid])).toBeGreaterThan(0)
})
