/** What lies outside of workflows, in memory: directory, rows, connector. It logs in order and fails on demand. */
import type { ActivityDeps } from '../../activities/index.ts'
import { arbitrateGrant, type GrantEvent, type GrantProposal } from '../../src/domain/grant/move.ts'
import type { AccessGrant, GrantEnd } from '../../src/domain/grant/record.ts'
import { grantOf } from '../../src/domain/grant/record.ts'
import { trustedOrRefused } from '../../src/domain/outside-message.ts'
import { arbitrate, type Proposal } from '../../src/domain/request/arbiter.ts'
import type { RequestEvent } from '../../src/domain/request/events.ts'
import type { Message } from '../../src/domain/request/messages.ts'
import { type AccessRequest, changingFieldsOf, type Grant } from '../../src/domain/request/record.ts'
import { toRefusal } from '../../src/domain/shared/errors.ts'
import { createCompany } from './company.ts'

/** Called before each thing is done; throws to make it fail. */
export type Fault = (attempt: number) => void | Promise<void>

/** `committed` is called when the row is written and the workflow does not know it yet. */
type Faults = Partial<Record<'commit' | 'committed' | 'give' | 'remove', Fault>>

export function createFakes() {
  const company = createCompany()
  const log: string[] = []
  const rows = new Map<string, AccessRequest>()
  const grantRows = new Map<string, AccessGrant>()
  const written: RequestEvent[] = []
  const given = new Map<string, Grant>()
  const ends: { grant: AccessGrant; end: GrantEnd }[] = []
  const refused = new Set<string>()
  const connectors = new Map<string, string | null>()
  const faults: Faults = {}
  const attempts = new Map<string, number>()
  const settings = { signalsInClear: false }

  async function reach(what: keyof Faults): Promise<void> {
    const attempt = (attempts.get(what) ?? 0) + 1
    attempts.set(what, attempt)
    await faults[what]?.(attempt)
  }

  function noteRefusal({ message, messageId, isSignal }: Proposal | GrantProposal, code: string | undefined): void {
    if (!code || !isSignal || refused.has(messageId)) return
    refused.add(messageId)
    log.push(`refused ${message.type === 'unreadable' ? message.name : message.type}: ${code}`)
  }

  function actorOf(message: Message) {
    return 'by' in message && message.by ? company.actor(message.by) : null
  }

  function targetOf({ id }: Pick<AccessRequest, 'id'>) {
    const connectorId = connectors.get(id)
    return connectorId === undefined ? company.target : { ...company.target, connectorId }
  }

  async function commit(proposed: Proposal) {
    await reach('commit')
    const proposal = trustedOrRefused(proposed, settings.signalsInClear)
    const stored = rows.get(proposal.request.id) ?? null
    const { requester, flow } = proposal.request
    const facts = {
      ...company.facts({ requesterId: requester.id, approvers: flow.approvers }),
      actor: actorOf(proposal.message),
      flow: company.flow,
      target: targetOf(proposal.request),
    }
    const grantId = proposal.request.id.replace(/^.{8}/, 'aaaaaaaa')
    const { request, events, refusal } = arbitrate(stored, proposal, { facts, at: proposal.at, grantId })
    if (request.version > (stored?.version ?? 0)) keep(request, events)
    noteRefusal(proposal, refusal?.code)
    await reach('committed')
    const isKnown = request.version === proposal.request.version
    return { stored: isKnown ? null : changingFieldsOf(request), refusal: refusal && toRefusal(refusal) }
  }

  function keep(request: AccessRequest, events: readonly RequestEvent[] = []): void {
    const isGiven = request.grant !== null && !given.has(request.id)
    rows.set(request.id, request)
    if (request.grant && isGiven) {
      given.set(request.id, request.grant)
      grantRows.set(request.grant.id, grantOf(request, request.grant))
      log.push('access given')
    }
    written.push(...events)
    log.push(...events.map(({ type }) => type))
  }

  const told: Record<GrantEvent['type'], (event: GrantEvent) => string> = {
    ending_soon: (event) => `end announced: ${event.type === 'ending_soon' && event.expiresAt}`,
    extended: (event) => `extended until ${event.type === 'extended' && event.until}`,
    ended: () => 'end recorded',
    not_ended: (event) => `end failed: ${event.type === 'not_ended' && event.message}`,
  }

  async function commitGrant(proposed: GrantProposal) {
    await reach('commit')
    const proposal = trustedOrRefused(proposed, settings.signalsInClear)
    const stored = grantRows.get(proposal.grant.id) ?? null
    const actor = 'by' in proposal.message && proposal.message.by ? company.actor(proposal.message.by) : null
    const { grant, events, refusal } = arbitrateGrant(stored, proposal, { actor, isActivated: true })
    grantRows.set(grant.id, grant)
    for (const event of events) {
      if (event.type === 'ended') ends.push({ grant, end: event.end })
      log.push(told[event.type](event))
    }
    noteRefusal(proposal, refusal?.code)
    await reach('committed')
    const isKnown = grant.version === proposal.grant.version
    return { stored: isKnown ? null : grant, refusal: refusal && toRefusal(refusal) }
  }

  const deps: ActivityDeps = {
    requests: { commit },
    grants: { commit: commitGrant },
    access: {
      give: async (request) => {
        await reach('give')
        const { connectorId, removals } = targetOf(request)
        const { provisioning } = request
        if (connectorId === null || connectorId !== provisioning?.connectorId) return null
        log.push(`asked ${connectorId} to give`)
        return { connectorId, removals }
      },
      undoGive: async (_request, connectorId) => {
        await reach('remove')
        log.push(`asked ${connectorId} to take back`)
      },
      remove: async ({ connectorId }) => {
        await reach('remove')
        log.push(`asked ${connectorId} to take away`)
      },
      settleSystem: async () => undefined,
    },
    fanOut: { page: async () => [], signal: async () => 'closed', done: async () => undefined, perSecond: 1000 },
    reconcile: { run: async () => ({ lookedAt: 0, differing: 0 }) },
    sources: { sync: async () => undefined, fail: async () => undefined },
    retention: { removeOld: async () => undefined },
  }

  return {
    company,
    deps,
    /** What happened, in order; each thing once, as the ledgers of the real ones have it. */
    log,
    /** Put a function here to make that thing fail or take its time. */
    faults,
    /** Whether messages count that nobody has sealed. */
    settings,
    given,
    ends,
    /** Puts a row there, as a submission does. */
    keep: (request: AccessRequest) => void rows.set(request.id, request),
    /** From now on the access of this request is given there; null for the directory. */
    giveAt: (requestId: string, connectorId: string | null) => void connectors.set(requestId, connectorId),
    /** Puts the row of a grant there. */
    keepGrant: (grant: AccessGrant) => void grantRows.set(grant.id, grant),
    /** The row of the queue. @throws when there is none */
    row(id: string): AccessRequest {
      const row = rows.get(id)
      if (!row) throw new Error(`no row of ${id}`)
      return row
    },
    grantRow: (id: string) => grantRows.get(id),
    /** Sets the rows back to what they were. */
    restore(request: AccessRequest | undefined, id: string): void {
      if (request) rows.set(id, request)
      else rows.delete(id)
    },
    attempts: (what: keyof Faults) => attempts.get(what) ?? 0,
    events: () => written,
  }
}
