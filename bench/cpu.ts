/** CPU time of a service: of all its processes, also of those that have ended. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'

interface ProcessTime {
  pid: number
  parent: number
  /** Its own time and, where the system tells it, that of its children that have ended. */
  ms: number
}

const ticksPerSecond = 100

/**
 * CPU milliseconds so far of these processes and everything they have started.
 * A process that ends leaves its time to its parent, so the sum never falls while the parents live. Only Linux tells
 * that; elsewhere the time of ended processes is missing.
 */
export function cpuMs(roots: readonly number[]): number {
  const table = process.platform === 'linux' ? fromProc() : fromPs()
  const found = new Set(roots)
  // A child may stand before its parent: go on until nothing is added.
  for (let before = 0; before < found.size; ) {
    before = found.size
    for (const { pid, parent } of table) if (found.has(parent)) found.add(pid)
  }
  return table.filter(({ pid }) => found.has(pid)).reduce((sum, { ms }) => sum + ms, 0)
}

/** Cores that were used by programs which are not ours, from the call until the returned function is called. */
export function watchOthers(): () => number {
  const othersMs = () => busyMs() - cpuMs([process.pid])
  const [before, began] = [othersMs(), performance.now()]
  // The clocks of both sums tick apart, so a quiet machine may come out a little below none.
  return () => Math.max(0, othersMs() - before) / (performance.now() - began)
}

function busyMs(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0)
}

function fromProc(): ProcessTime[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(Number(name)) ?? [])
}

function readStat(pid: number): ProcessTime | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command name stands in brackets and may hold spaces and brackets itself: count from the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [user = 0, system = 0, childrensUser = 0, childrensSystem = 0] = fields.slice(11, 15).map(Number)
    const ticks = user + system + childrensUser + childrensSystem
    return { pid, parent: Number(fields[1]), ms: (ticks * 1000) / ticksPerSecond }
  } catch {
    return undefined // it ended meanwhile
  }
}

function fromPs(): ProcessTime[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,time='], { encoding: 'utf8' }).trim().split('\n')
  return lines.map((line) => {
    const [pid, parent, time = '0'] = line.trim().split(/\s+/)
    return { pid: Number(pid), parent: Number(parent), ms: millisecondsOf(time) }
  })
}

/** `1-02:03:04`, `02:03:04` or `3:04.56`. */
function millisecondsOf(time: string): number {
  const [clock = '', days = '0'] = time.split('-').reverse()
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  return (Number(days) * 86_400 + seconds) * 1000
}
