/** Messages that come from other systems: which of them count, and how they are written down. */

import type { AuditEntry } from './audit-entry.ts'
import type { GrantMessage, GrantProposal } from './grant/move.ts'
import type { Proposal } from './request/arbiter.ts'
import type { Message } from './request/messages.ts'
import type { DomainError } from './shared/errors.ts'
import { isUuid } from './shared/uuid.ts'

/**
 * The proposal as it has to be judged; what comes sealed through our own API stays as it is. A message that nobody has sealed can be anybody's: unless these count it is
 * refused, and the refusals of one hour have one id, so that they are written down once. What did not come through our
 * own API is written down as a signal, an update that somebody else has sent in the clear too.
 * @param signalsInClear whether messages count that nobody has sealed
 */
export function trustedOrRefused<P extends Proposal | GrantProposal>(proposal: P, signalsInClear: boolean): P {
  const { message, isSignal, isSealed } = proposal
  if (isSealed && !isSignal) return proposal
  if (isSealed || signalsInClear) return { ...proposal, message: marked(message), isSignal: true }
  const refused = asRefused(message, `the ${isSignal ? 'signal' : 'update'} was not sealed; see docs/signals.md`)
  const messageId = `not-sealed/${refused.name}/${refused.code}/${hourOf(proposal.at)}`
  return { ...proposal, message: refused, messageId, isSignal: true }
}

type Unreadable = Extract<Message, { type: 'unreadable' }>

/** What cannot even be read is told as that. */
function asRefused(message: Message | GrantMessage, detail: string): Unreadable {
  if (message.type === 'unreadable') return message
  const by = 'by' in message ? message.by : null
  return { type: 'unreadable', name: message.type, by, code: 'forbidden', detail }
}

function marked(message: Message | GrantMessage): Message | GrantMessage {
  if (message.type === 'unreadable' || !('by' in message)) return message
  return { ...message, origin: { ...message.origin, via: 'signal' } }
}

/**
 * What the audit log says of a message that broke a rule and changed nothing.
 * @param id of the request or grant
 * @param email of whoever said it, when that is known
 */
export function refusedEntry(
  { message, messageId, at }: Proposal | GrantProposal,
  { id, refusal, email = null }: { id: string; refusal: DomainError; email?: string | null },
) {
  const by = 'by' in message && message.by && isUuid(message.by) ? message.by : null
  return {
    sourceKey: `${id}:refused:${messageId}`,
    timestamp: at,
    initiatedBy: { id: by, type: 'signal', email: by ? email : null },
    changes: [{ field: 'message', from: null, to: message.type === 'unreadable' ? message.name : message.type }],
    success: false,
    errorMessage: `${refusal.code}: ${refusal.message}`,
  } satisfies Partial<AuditEntry>
}

const hourOf = (at: string) => at.slice(0, 13)
