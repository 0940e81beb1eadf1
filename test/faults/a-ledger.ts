/** A sound ledger of one request; tests break one thing in it. */
import type { Facts } from '../../scripts/faults/facts.ts'
import type { Entry, FlowKind } from '../../scripts/faults/ledger.ts'

export interface Ledger {
  entry: Entry
  facts: Facts
}

interface Shape {
  outcome?: 'approved' | 'denied'
  kind?: FlowKind
  duration?: string | null
}

function anEntry({ outcome, kind, duration }: Required<Shape>): Entry {
  const isGranted = outcome === 'approved'
  const won = { how: 'won' } as const
  const common = { attempts: [], toldAgain: null }
  const granter = {
    ...{ decision: 'grant', by: 'ann', ...common },
    told: isGranted ? won : { how: 'lost', status: outcome, by: 'ben' },
  } as const
  const denier = {
    ...{ decision: 'deny', by: 'ben', ...common },
    told: isGranted ? { how: 'lost', status: outcome, by: 'ann' } : won,
  } as const
  return {
    number: 1,
    requesterId: 'cleo',
    flow: { id: 'flow', groupId: 'group', kind },
    duration,
    attempts: [],
    ids: ['request'],
    refusal: null,
    sides: [structuredClone(granter), structuredClone(denier)],
  } as Entry
}

const mail = (id: string, kind: string) => ({ id, kind, state: 'sent', waited: 1 })

function eventsOf(outcome: string, decidedBy: string) {
  const event = {
    type: 'access_management_access_request',
    success: true,
    initiatedBy: decidedBy,
    to: null,
    error: null,
  }
  return [
    { ...event, initiatedBy: 'cleo', to: 'pending' },
    { ...event, type: 'access_management_access_request_approval' },
    { ...event, to: outcome },
  ]
}

function targetOf(isMember: boolean): Facts['target'] {
  const additions = new Map(isMember ? [['request', new Set(['request:add'])]] : [])
  return { members: new Set(isMember ? ['cleo group'] : []), additions, deliveries: 1, repeated: 0, refused: 0 }
}

/** What only an approved request leaves behind. */
function accessOf({
  kind,
  duration,
}: Required<Shape>): Pick<Facts, 'grants' | 'grantWorkflows' | 'members' | 'target'> {
  const expiresAt = duration && '2030-01-01'
  const grant = { id: 'grant', userId: 'cleo', groupId: 'group', expiresAt, endedAt: null, endedLate: null }
  return {
    grants: new Map([['request', [grant]]]),
    grantWorkflows: new Map(duration ? [['grant', 'RUNNING']] : []),
    members: new Set(['cleo group']),
    target: targetOf(kind === 'webhook'),
  }
}

const noAccess = () => ({
  ...{ grants: new Map(), grantWorkflows: new Map(), members: new Set<string>() },
  target: targetOf(false),
})

function factsOf(shape: Required<Shape>): Facts {
  const { outcome } = shape
  const decidedBy = outcome === 'approved' ? 'ann' : 'ben'
  const row = { id: 'request', requesterId: 'cleo', flowId: 'flow', status: outcome, version: 2, decidedBy }
  const state = { status: outcome, version: 2, grant: outcome === 'approved' ? { id: 'grant', endedAt: null } : null }
  return {
    ...(outcome === 'approved' ? accessOf(shape) : noAccess()),
    rows: new Map([['request', row]]),
    events: new Map([['request', eventsOf(outcome, decidedBy)]]),
    mails: new Map([['request', [mail('mail-1', 'request_submitted'), mail('mail-2', `request_${outcome}`)]]]),
    mailIds: new Set(['mail-1', 'mail-2']),
    shown: new Map([['request', structuredClone(state)]]),
    workflows: new Map([['request', { status: 'COMPLETED', result: outcome, state }]]),
    copies: new Map([
      ['mail-1', [1000]],
      ['mail-2', [2000]],
    ]),
    chainFault: null,
  }
}

/** Approved by Ann, or denied by Ben; everything there is agrees. */
export function aLedger({ outcome = 'approved', kind = 'directory', duration = null }: Shape = {}): Ledger {
  const shape = { outcome, kind, duration }
  return { entry: anEntry(shape), facts: factsOf(shape) }
}
