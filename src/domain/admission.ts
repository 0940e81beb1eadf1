/** What can be refused before a message is even taken in, from the request alone. */
import type { AccessRequest } from './access-request.ts'
import type { Message } from './messages.ts'
import { refuseOverride, refuseUnlessApprover, refuseUnlessDecidable, refuseUnlessRequester } from './refusals.ts'

/**
 * While access is given in our own directory, which takes a moment, messages queue up, so that the one that comes
 * too late is told who won; while another system is asked, which can take minutes, they are refused at once.
 * @param now RFC 3339
 * @throws DomainError with the rule that is broken
 */
export function refuseEarly(request: AccessRequest, message: Message, now: string): void {
  if (request.provisioning && request.flow.connectorId === null) return
  refuseUnlessDecidable(request)
  if (message.type === 'decide') refuseUnlessApprover(request, message.by)
  if (message.type === 'override') refuseOverride(request, message, now)
  if (message.type === 'withdraw') refuseUnlessRequester(request, message.by)
}
