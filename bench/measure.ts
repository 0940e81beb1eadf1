/** Loads, and what one round of them costs a service. */
import { cpuMs } from './cpu.ts'
import { summary } from './http.ts'
import { type History, pause, type Service } from './service.ts'

const clients = 16
const grantsPerSecond = 5
const idleSeconds = 20

/** What is done in one round. */
export interface Load {
  /** Submits, and then grants, by 16 clients of which each waits for its answer. */
  count: number
  /** Grants at 5 a second, whether or not the ones before are answered. */
  paced: number
}

/** Figures of one service in one round; times in milliseconds. */
export interface Round {
  submit: Closed
  grant: Closed
  /** Each of the grants at 5 a second, from the moment it was due. */
  paced: number[]
  history: History
}

export interface Closed {
  cpu: number
  /** By the part of the service. */
  cpuOf: Record<string, number>
  perSecond: number
  p50: number
}

/**
 * One round of all services, in turn at every step: a machine that is faster at one time than at another is so for both.
 * @returns the figures in the order of `services`
 */
export async function measureRound(services: Service[], { count, paced }: Load): Promise<Round[]> {
  const submitted = await inTurn(services, (service) => submitMany(service, count))
  const granted = await inTurn(services, (service, index) => grantMany(service, submitted[index]?.ids ?? []))
  const steady = await inTurn(services, (service) => grantSteadily(service, paced))
  return submitted.map(({ figures }, index) => ({
    submit: figures,
    grant: granted[index] as Closed,
    ...(steady[index] as Pick<Round, 'paced' | 'history'>),
  }))
}

async function inTurn<T>(services: Service[], step: (service: Service, index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  for (const [index, service] of services.entries()) results.push(await step(service, index))
  return results
}

async function submitMany(service: Service, count: number): Promise<{ ids: string[]; figures: Closed }> {
  const ids: string[] = []
  const figures = await measured(service, count, async () => void ids.push(await service.submit()))
  return { ids, figures }
}

function grantMany(service: Service, ids: string[]): Promise<Closed> {
  const waiting = [...ids]
  return measured(service, ids.length, () => service.grant(waiting.pop() as string))
}

async function grantSteadily(service: Service, count: number): Promise<Pick<Round, 'paced' | 'history'>> {
  const ids: string[] = []
  await closedLoop(count, async () => void ids.push(await service.submit()))
  await untilDone(service)
  const paced = await openLoop(ids, (id) => service.grant(id))
  const histories = await Promise.all(ids.slice(0, 20).map((id) => service.history(id)))
  const [events, bytes] = [median(histories.map((one) => one.events)), median(histories.map((one) => one.bytes))]
  await untilDone(service)
  return { paced, history: { events, bytes } }
}

const pidsOf = ({ parts }: Service) => Object.values(parts)

/** CPU milliseconds so far of each part. The supervisor has started the others, whose time is not its own. */
function cpuByPart({ parts }: Service): Record<string, number> {
  const others = Object.entries(parts).filter(([name]) => name !== 'supervisor')
  return Object.fromEntries(others.map(([name, pid]) => [name, cpuMs([pid])]))
}

/** CPU milliseconds a minute of a service that nobody uses. */
export async function measureIdle(service: Service): Promise<number> {
  await untilDone(service)
  const before = cpuMs(pidsOf(service))
  await pause(idleSeconds * 1000)
  return ((cpuMs(pidsOf(service)) - before) * 60) / idleSeconds
}

/** The CPU counts until everything is done, mails included; so does what the service uses when idle. */
async function measured(service: Service, count: number, call: () => Promise<void>): Promise<Closed> {
  const [before, partsBefore] = [cpuMs(pidsOf(service)), cpuByPart(service)]
  const began = performance.now()
  const times = await closedLoop(count, call)
  const seconds = (performance.now() - began) / 1000
  await untilDone(service)
  const cpuOf = Object.fromEntries(
    Object.entries(cpuByPart(service)).map(([part, ms]) => [part, (ms - (partsBefore[part] ?? 0)) / count]),
  )
  return { cpu: (cpuMs(pidsOf(service)) - before) / count, cpuOf, perSecond: count / seconds, p50: summary(times).p50 }
}

async function closedLoop(count: number, call: () => Promise<void>): Promise<number[]> {
  const times: number[] = []
  let left = count
  const client = async () => {
    while (left-- > 0) {
      const began = performance.now()
      await call()
      times.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return times
}

function openLoop(ids: string[], call: (id: string) => Promise<void>): Promise<number[]> {
  const began = performance.now()
  return Promise.all(
    ids.map(async (id, index) => {
      const due = began + (index * 1000) / grantsPerSecond
      await pause(due - performance.now())
      await call(id)
      return performance.now() - due
    }),
  )
}

/** Waits until the service has no more to do: it says so, and it uses less than a fifth of a core. */
async function untilDone(service: Service): Promise<void> {
  const lookEveryMs = 250
  for (const end = Date.now() + 60_000; ; ) {
    const before = cpuMs(pidsOf(service))
    await pause(lookEveryMs)
    const isQuiet = cpuMs(pidsOf(service)) - before < lookEveryMs / 5
    if (isQuiet && (await service.isDone())) return
    if (Date.now() > end) throw new Error(`${service.name} does not come to rest`)
  }
}

/** The middle one, or the mean of the middle two. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2
}
