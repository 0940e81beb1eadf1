/**
 * Writes each transition to the read model and shows it in the Temporal UI.
 * The short try keeps an answer quick; when the database is away the durable activity goes on and nobody waits for it.
 */
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow'
import type { RecordedTransition } from '../activities/index.ts'
import type { AccessRequest, RequestStatus } from '../src/domain/access-request.ts'
import { awaitedPeople, progressOf } from '../src/domain/approval-flow.ts'
import type { RequestEvent } from '../src/domain/events.ts'
import { durable, isOutage, quick } from './activity-options.ts'
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

/** A readable state for operators: ids, counts and times, never a reason, name or address. */
export function describe(request: AccessRequest): string {
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

export function createRecorder(first: AccessRequest) {
  let shown = first.status
  let late = 0
  let refusals = 0
  setCurrentDetails(describe(first))

  async function write(transition: RecordedTransition): Promise<void> {
    try {
      await quick.recordRequest(transition)
    } catch (error) {
      if (!isOutage(error)) throw error
      late++
      void durable.recordRequest(transition).finally(() => late--)
    }
  }

  return {
    /** Row, audit entries and mails of one transition. */
    async record(transition: { request: AccessRequest; events: RequestEvent[] }): Promise<void> {
      const { request } = transition
      setCurrentDetails(describe(request))
      if (request.status !== shown) {
        shown = request.status
        upsertSearchAttributes([{ key: requestStatus, value: shown }])
      }
      await write(transition)
    },

    /** A message that changed nothing. */
    recordRefusal: (request: AccessRequest, event: RequestEvent) =>
      write({ request, events: [event], refusal: `${workflowInfo().runId}:${++refusals}` }),

    /** True when everything is written, however late. */
    isSettled: () => late === 0,
  }
}

export type Recorder = ReturnType<typeof createRecorder>
