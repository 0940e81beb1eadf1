/** Messages that come from other systems: which of them count, and how they are written down. */

import type { GrantMessage, GrantProposal } from './grant/move.ts'
import type { Proposal } from './request/arbiter.ts'
import type { Message } from './request/messages.ts'

/**
 * The proposal as it has to be judged. A message that nobody has sealed can be anybody's: unless these count it is
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

const hourOf = (at: string) => at.slice(0, 13)
