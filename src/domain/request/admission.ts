/** What can be refused before a message is even taken in: what no change of the directory can make right. */

import type { Message } from './messages.ts'
import type { AccessRequest } from './record.ts'
import { refuseOverride, refuseOwnDecision, refuseUnlessDecidable, refuseUnlessRequester } from './refusals.ts'

/**
 * Who may decide is looked up when the message is carried out. While another system is asked to give the access, which
 * can take minutes, decisions are refused at once.
 * @param now RFC 3339
 * @throws DomainError with the rule that is broken
 */
export function refuseEarly(request: AccessRequest, message: Message, now: string): void {
  if (request.provisioning && request.provisioning.connectorId === null) return
  refuseUnlessDecidable(request)
  if (message.type === 'decide') refuseOwnDecision(request, message.by)
  if (message.type === 'override') refuseOverride(request, message, now)
  if (message.type === 'withdraw') refuseUnlessRequester(request, message.by)
}
