/** What operators read in the Temporal UI: ids, counts and times, never a reason, name or address. */
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow'
import type { AccessGrant } from '../src/domain/grant/record.ts'
import type { AccessRequest, RequestStatus } from '../src/domain/request/record.ts'
import { awaitedPeople, progressOf } from '../src/domain/request/steps.ts'
import { requestStatus } from './search-attributes.ts'

const statusTexts: Record<RequestStatus, string> = {
  pending: 'Pending: waits for review',
  approved: 'Approved: access is given',
  denied: 'Denied',
  canceled: 'Canceled',
  expired: 'Expired: nobody acted in time',
  missing_data: 'Missing Data: an approver cannot be found',
  error: 'Error: access could not be given; an administrator may retry',
}

function describeRequest(request: AccessRequest): string {
  const { approved, total } = progressOf(request)
  const lines = [
    `**${statusTexts[request.status]}**`,
    `Flow ${request.flow.name} (${request.flow.id})`,
    `Requester ${request.requester.id}`,
  ]
  if (total > 0) lines.push(`${approved} of ${total} approvals; waits for ${awaitedPeople(request).length} people`)
  if (request.missingData.length > 0)
    lines.push(`Missing in step ${request.missingData.map(({ step }) => step).join(', ')}`)
  if (request.provisioning) lines.push('Access is being given now')
  if (request.decision)
    lines.push(`Closed ${request.decision.at}${request.decision.by ? ` by ${request.decision.by.id}` : ''}`)
  if (request.expiresAt) lines.push(`Expires ${request.expiresAt}`)
  return lines.join('\n\n')
}

/** Shows the request as it is now; the search attribute is written when the status is another one than `shown`. */
export function showRequest(request: AccessRequest, shown: RequestStatus): void {
  setCurrentDetails(describeRequest(request))
  if (request.status !== shown) upsertSearchAttributes([{ key: requestStatus, value: request.status }])
}

/** Shows the grant as it is now. */
export function showGrant({ endedAt, end, expiresAt }: AccessGrant): void {
  if (endedAt) setCurrentDetails(`**Access was taken away** ${endedAt}`)
  else if (end) setCurrentDetails(`**Access is being taken away** since ${end.at}`)
  else setCurrentDetails(expiresAt ? `**Access is given** until ${expiresAt}` : '**Access is given** without an end')
}
