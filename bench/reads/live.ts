/** Live views: when each of many has its first counters, and how soon a decision changes them. */
import { call, type Session, summary } from '../http.ts'
import { pause } from '../service.ts'
import type { Known } from './known.ts'
import type { FilledProduct } from './product.ts'

const viewers = 200
/** As many as one user may have open. */
const viewersOfAUser = 8
const patienceMs = { viewer: 60_000, decision: 10_000 }
const decisions = 30

interface Counters {
  administrator: number
}

interface View {
  /** The last counters that came. */
  last(): Counters | undefined
  /** Milliseconds until such counters are there; nothing when they do not come in time, or the view was refused. */
  until(isThere: (counters: Counters) => boolean, patienceMs: number): Promise<number | undefined>
  close(): void
}

function openView({ base, cookie }: Session, query: string): View {
  const ending = new AbortController()
  let last: Counters | undefined
  let hasEnded = false
  const read = async () => {
    const options = { headers: { cookie }, signal: ending.signal }
    const res = await fetch(`${base}/api/v1/access-requests/stream?${query}`, options)
    if (!res.ok || !res.body) return
    let text = ''
    for await (const chunk of res.body.pipeThrough(new TextDecoderStream())) {
      const events = (text + chunk).split('\n\n')
      text = events.pop() ?? ''
      for (const event of events) last = countersIn(event) ?? last
    }
  }
  // Refused or broken off: whoever waits has nothing to wait for.
  void read()
    .catch(() => undefined)
    .finally(() => {
      hasEnded = true
    })
  return {
    last: () => last,
    async until(isThere, patienceMs) {
      const began = performance.now()
      while (!last || !isThere(last)) {
        if (hasEnded || performance.now() - began > patienceMs) return undefined
        await pause(2)
      }
      return performance.now() - began
    },
    close: () => ending.abort(),
  }
}

function countersIn(event: string): Counters | undefined {
  const data = /^event: ?counts$[^]*^data: ?(.*)$/m.exec(event)?.[1]
  return data === undefined ? undefined : (JSON.parse(data) as Counters)
}

/** Filters that people watch: no two users the same, but many of them. */
function watched(index: number): string {
  const statuses = ['', 'pending', 'pending,missing_data,error', 'approved', 'denied', 'error', 'canceled', 'expired']
  const types = ['', 'manual', 'automatic']
  const status = statuses[index % statuses.length]
  const type = types[Math.floor(index / statuses.length) % types.length]
  return [status && `status=${status}`, type && `approvalType=${type}`].filter(Boolean).join('&')
}

export interface FirstCounters {
  p50: number
  p99: number
  /** Viewers who were refused or had none after a minute. */
  without: number
}

/** 200 viewers who come at once, with 24 filters. */
export async function measureViewers(product: FilledProduct, { administrators }: Known): Promise<FirstCounters> {
  const users = administrators.slice(0, Math.ceil(viewers / viewersOfAUser))
  const sessions = await Promise.all(users.map((id) => product.sessionOf(id)))
  const views = Array.from({ length: viewers }, (_, index) =>
    openView(sessions[index % sessions.length] as Session, watched(index)),
  )
  const times = await Promise.all(views.map((view) => view.until(() => true, patienceMs.viewer)))
  for (const view of views) view.close()
  const came = times.filter((time) => time !== undefined)
  const { p50, p99 } = summary(came)
  return { p50, p99, without: times.length - came.length }
}

/** Milliseconds from the moment a decision is sent until a viewer has the counters after it, with Temporal and the worker. */
export async function measureDecisions(
  product: FilledProduct,
  { administrators }: Known,
): Promise<{ p50: number; p99: number }> {
  await product.startWorker()
  const [decider, ...askers] = await Promise.all(administrators.map((id) => product.sessionOf(id)))
  if (!decider) throw new Error('there is no administrator')
  const flows = await product.sql`select f.id from approval_flows f where f.approval_type = 'manual'
    and f.approvers = '[{"kind": "administrator"}]' order by f.name limit 20`
  // Until the worker has started what it found without a workflow.
  await pause(5000)
  const view = openView(decider, 'status=pending')
  await view.until(() => true, patienceMs.decision)
  const times: number[] = []
  for (let index = 0; index < decisions; index++) {
    const before = view.last()?.administrator ?? 0
    const asker = askers[index % askers.length] as Session
    const approvalFlowId = String(flows[index % flows.length]?.['id'])
    const body = { approvalFlowId, reason: 'On call' }
    const { value } = await call<{ id: string }>(asker, 'POST', '/access-requests', body)
    await view.until(({ administrator }) => administrator > before, patienceMs.decision)
    const came = view.until(({ administrator }) => administrator === before, patienceMs.decision)
    await call(decider, 'POST', `/access-requests/${value.id}/grant`, {})
    times.push((await came) ?? patienceMs.decision)
  }
  view.close()
  return summary(times)
}
