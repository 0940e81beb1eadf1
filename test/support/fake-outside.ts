/** What lies outside of workflows, in memory: directory, read model, connector. It logs in order and fails on demand. */
import type { ActivityDeps, RecordedTransition } from '../../activities/index.ts'
import type { AccessGrant, GrantEnd } from '../../src/domain/access-grant.ts'
import type { AccessRequest, Grant } from '../../src/domain/access-request.ts'
import { addDuration } from '../../src/domain/duration.ts'
import type { RequestEvent } from '../../src/domain/events.ts'
import { createCompany } from './company.ts'

/** Called before each thing is done; throws to make it fail. */
export type Fault = (attempt: number) => void | Promise<void>

export function createOutside() {
  const company = createCompany()
  const log: string[] = []
  const rows = new Map<string, AccessRequest>()
  const written = new Map<string, RequestEvent[]>()
  const given = new Map<string, Grant>()
  const ends: { grant: AccessGrant; end: GrantEnd }[] = []
  const faults: Partial<Record<'record' | 'give' | 'takeAway' | 'look' | 'end', Fault>> = {}
  const attempts = new Map<string, number>()

  async function reach(what: keyof typeof faults): Promise<void> {
    const attempt = (attempts.get(what) ?? 0) + 1
    attempts.set(what, attempt)
    await faults[what]?.(attempt)
  }

  async function record({ request, events, refusal }: RecordedTransition): Promise<void> {
    await reach('record')
    const row = rows.get(request.id)
    if (refusal === undefined && (!row || row.version < request.version)) rows.set(request.id, request)
    const key = `${request.id}:${refusal === undefined ? request.version : `refused:${refusal}`}`
    if (written.has(key) || events.length === 0) return
    written.set(key, events)
    for (const event of events)
      log.push(event.type === 'refused' ? `refused ${event.message}: ${event.code}` : event.type)
  }

  async function give(request: AccessRequest, now: string): Promise<Grant> {
    const known = given.get(request.id)
    if (known) return known
    const duration = request.provisioning?.duration
    const grant = {
      id: request.id.replace(/^.{8}/, 'aaaaaaaa'),
      startedAt: now,
      expiresAt: duration ? addDuration(now, duration) : null,
      endedAt: null,
      endedBy: null,
    }
    given.set(request.id, grant)
    log.push('access given')
    return grant
  }

  const deps: ActivityDeps = {
    directory: {
      lookUpActor: async (id) => {
        await reach('look')
        return company.actor(id)
      },
      lookUpFacts: async (query) => company.facts(query),
    },
    requests: { record },
    access: {
      give: async (request, now) => {
        await reach('give')
        return { given: await give(request, now) }
      },
      takeBack: async () => {
        await reach('takeAway')
        log.push('access taken back')
      },
      takeAway: async () => {
        await reach('takeAway')
        log.push('access taken away')
      },
    },
    grants: {
      recordEnd: async (grant, end) => {
        await reach('end')
        ends.push({ grant, end })
        log.push('end recorded')
      },
      recordExtension: async (_grant, { until }) => void log.push(`extended until ${until}`),
      recordEndFailure: async (_grant, { message }) => void log.push(`end failed: ${message}`),
      announceEnd: async ({ expiresAt }) => void log.push(`end announced: ${expiresAt}`),
      recordRefusal: async (_grant, { message, code }) => void log.push(`refused ${message}: ${code}`),
    },
    fanOut: { page: async () => [], signal: async () => 'closed', done: async () => undefined, perSecond: 1000 },
  }

  return {
    company,
    deps,
    /** What happened, in order; each thing once, as the ledgers of the real ones have it. */
    log,
    /** Put a function here to make that thing fail or take its time. */
    faults,
    given,
    ends,
    /** Puts a row there, as a submission does. */
    keep: (request: AccessRequest) => void rows.set(request.id, request),
    /** The row of the queue. @throws when there is none */
    row(id: string): AccessRequest {
      const row = rows.get(id)
      if (!row) throw new Error(`no row of ${id}`)
      return row
    },
    attempts: (what: keyof typeof faults) => attempts.get(what) ?? 0,
    events: () => [...written.values()].flat(),
  }
}
