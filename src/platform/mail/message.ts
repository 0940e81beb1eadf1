/** What a mail is known and sorted by: its Message-ID, the request that it belongs to, and headers for other machines. */
import { type MailRow, mailIdOf } from './mail.repository.ts'
import { isGathered } from './mail.types.ts'

/** As much of a mail as it is sent from. */
export type Sendable = Pick<MailRow, 'id' | 'kind' | 'recipientName' | 'recipientEmail' | 'accessRequestId' | 'data'>

/** @param hostname that of the service, which makes the ids unique in the world */
export function envelopeOf(mails: readonly [Sendable, ...Sendable[]], hostname: string) {
  return {
    messageId: `<${idOfAll(mails)}@${hostname}>`,
    ...threadOf(mails, hostname),
    headers: headersOf(mails, hostname),
  }
}

/** Of one mail its own; of several one that is made of theirs, so that others together are another mail. */
function idOfAll(mails: readonly Sendable[]): string {
  const ids = mails.map(({ id }) => id).sort()
  return ids.length === 1 ? String(ids[0]) : mailIdOf(ids.join())
}

/** Mails about the same request stand together, wherever they are read. */
function threadOf(mails: readonly Sendable[], hostname: string) {
  const requests = new Set(mails.map(({ accessRequestId }) => accessRequestId))
  const [request] = requests
  if (!request || requests.size > 1) return {}
  const first = `<request-${request}@${hostname}>`
  return { inReplyTo: first, references: first }
}

/**
 * What mail readers and other machines go by: no robot answers, and each kind can be sorted by its List-Id. Without
 * Precedence: it says nothing that Auto-Submitted does not, and servers take it for advertising.
 */
function headersOf(mails: readonly [Sendable, ...Sendable[]], hostname: string) {
  const [{ kind }] = mails
  return {
    'X-Gatehouse-Mail-Kind': kind,
    // Which mails of the queue these are.
    ...(mails.length > 1 && { 'X-Gatehouse-Mails': mails.map(({ id }) => id).join(' ') }),
    ...(isGathered(kind) && { 'List-Id': `<${kind.replaceAll('_', '-')}.${hostname}>` }),
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
  }
}
