/** How long each call takes over HTTP, and the CPU of the API and of Postgres for it. */
import { cpuMs } from '../cpu.ts'
import { type Session, summary } from '../http.ts'
import { pause } from '../service.ts'
import type { Call } from './calls.ts'
import { tellPlans } from './plans.ts'
import type { FilledProduct } from './product.ts'

/** Milliseconds; CPU for one call. */
export interface Figures {
  p50: number
  p99: number
  /** Of the answers. */
  fastest: number
  apiCpu: number
  postgresCpu: number
  /** Of the answer's body. */
  bytes: number
  runs: number
  /** Answers that were no success. */
  failed: number
}

const warmUps = 5
const runs = 30
/** Slow calls are made less often: three times at least. */
const runsAtLeast = 3
const secondsOfACall = 5

/** Every call in turn. @returns figures by the name of the call */
export function measureCalls(product: FilledProduct, calls: Call[], administrator: string) {
  return inTurn(product, calls, { administrator, work: (session, path) => measureCall(product, session, path) })
}

/** Asks each call once more for its plans. @returns plans by the name of the call */
export async function readPlans(product: FilledProduct, calls: Call[], administrator: string) {
  const plansOf = await tellPlans(product.sql, product.postgresLog)
  return inTurn(product, calls, {
    administrator,
    async work(session, path) {
      // The first one may have to connect.
      await ask(session, path)
      return plansOf(() => ask(session, path))
    },
  })
}

interface Turns<T> {
  /** Who asks when a call names nobody. */
  administrator: string
  work: (session: Session, path: string) => Promise<T>
}

async function inTurn<T>(
  product: FilledProduct,
  calls: Call[],
  { administrator, work }: Turns<T>,
): Promise<Record<string, T>> {
  const sessions = new Map<string, Session>()
  const results: Record<string, T> = {}
  for (const call of calls) {
    const userId = call.userId ?? administrator
    const session = sessions.get(userId) ?? (await product.sessionOf(userId))
    sessions.set(userId, session)
    if (call.name in results) throw new Error(`two calls are named ${call.name}`)
    results[call.name] = await work(session, call.path)
  }
  return results
}

async function measureCall(product: FilledProduct, session: Session, path: string): Promise<Figures> {
  await repeat(session, path, { times: warmUps, atLeast: 1, seconds: 1 })
  await untilAtRest(product)
  const before = [cpuMs([product.apiPid]), cpuMs([product.postgresPid])] as const
  const asked = await repeat(session, path, { times: runs, atLeast: runsAtLeast, seconds: secondsOfACall })
  // What goes on after its caller was sent away belongs to the call.
  await untilAtRest(product)
  const cpu = (pid: number, from: number) => (cpuMs([pid]) - from) / asked.length
  const { p50, p99 } = summary(asked.map(({ ms }) => ms))
  return {
    p50,
    p99,
    fastest: Math.min(...asked.map(({ ms }) => ms)),
    apiCpu: cpu(product.apiPid, before[0]),
    postgresCpu: cpu(product.postgresPid, before[1]),
    bytes: asked[0]?.bytes ?? 0,
    runs: asked.length,
    failed: asked.filter(({ isOk }) => !isOk).length,
  }
}

interface Answer {
  ms: number
  bytes: number
  isOk: boolean
}

interface Repeat {
  times: number
  atLeast: number
  seconds: number
}

async function repeat(session: Session, path: string, { times, atLeast, seconds }: Repeat): Promise<Answer[]> {
  const answers: Answer[] = []
  const end = performance.now() + seconds * 1000
  while (answers.length < times && (answers.length < atLeast || performance.now() < end))
    answers.push(await ask(session, path))
  return answers
}

/** @throws for a refusal: then the call itself is wrong */
async function ask({ base, cookie }: Session, path: string): Promise<Answer> {
  const began = performance.now()
  const res = await fetch(`${base}/api/v1${path}`, { headers: { cookie } })
  const body = await res.arrayBuffer()
  if (res.status >= 400 && res.status < 500)
    throw new Error(`${path} answered ${res.status}: ${Buffer.from(body).toString()}`)
  return { ms: performance.now() - began, bytes: body.byteLength, isOk: res.ok }
}

/** No statement of the API runs any more. */
async function untilAtRest({ sql }: FilledProduct): Promise<void> {
  for (const end = Date.now() + 120_000; Date.now() < end; await pause(50)) {
    const [row] = await sql`select count(*)::int as running from pg_stat_activity
      where application_name = 'gatehouse-api' and state = 'active'`
    if (row?.['running'] === 0) return
  }
}
