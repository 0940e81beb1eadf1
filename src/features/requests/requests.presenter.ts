/** From a row to what this caller may see of it. */

import type { Actor, RequestAbility } from '../../domain/abilities.ts'
import { abilitiesOf, isAdministrator } from '../../domain/abilities.ts'
import type { AccessRequest } from '../../domain/request/record.ts'
import { isOpen } from '../../domain/request/record.ts'
import type { AccessRequestView } from '../../domain/request/view.ts'
import { viewRequest } from '../../domain/request/view.ts'
import { accessRequestWorkflowId } from '../../domain/shared/workflow-ids.ts'

/** A request as the read model has it, with what other tables know of it. */
export interface QueueEntry {
  request: AccessRequest
  started: boolean
  /** Its flow was deleted or disabled: it is being canceled. */
  isFlowClosed: boolean
  /** How the grant stands now; the request itself does not change any more. */
  grant: { expiresAt: string | null; endedAt: string | null; endedBy: { id: string; name: string } | null } | null
}

export type Processing = 'starting' | 'waiting' | 'granting' | 'canceling' | 'closed'

export interface PresentedRequest extends AccessRequestView {
  workflowUrl: string | null
  processing: Processing
  abilities: Record<RequestAbility, boolean>
}

export interface Presentation {
  actor: Actor
  /** Base of the Temporal UI's pages of our namespace, when there is one. */
  workflowsUrl: string | null
  /** Do requesters see who must approve, and how far it is? */
  exposeProgress: boolean
}

function processingOf({ request, started, isFlowClosed }: QueueEntry): Processing {
  if (!isOpen(request)) return 'closed'
  if (isFlowClosed) return 'canceling'
  if (!started) return 'starting'
  return request.provisioning ? 'granting' : 'waiting'
}

function mayAct(processing: Processing): boolean {
  return processing === 'waiting' || processing === 'starting'
}

function hidesProgress({ request }: QueueEntry, { actor, exposeProgress }: Presentation): boolean {
  return !exposeProgress && !isAdministrator(actor) && request.requester.id === actor.id
}

/** What a connected system answers holds its host and whatever it cares to say: that is for those who set it up. */
export const plainFailure = 'The access could not be given. Administrators have been told.'

function errorFor(actor: Actor, error: AccessRequestView['error']): AccessRequestView['error'] {
  return error && !isAdministrator(actor) ? { ...error, message: plainFailure } : error
}

export function presentRequest(entry: QueueEntry, presentation: Presentation): PresentedRequest {
  const { request, grant } = entry
  const { actor, workflowsUrl } = presentation
  const view = viewRequest(request)
  const processing = processingOf(entry)
  const abilities = abilitiesOf(actor, request)
  const isHidden = hidesProgress(entry, presentation)
  return {
    ...view,
    progress: isHidden ? { approved: 0, total: 0, steps: [] } : view.progress,
    missingData: isHidden ? [] : view.missingData,
    error: errorFor(actor, view.error),
    grant: view.grant && grant ? { ...view.grant, ...grant } : view.grant,
    workflowUrl:
      isAdministrator(actor) && workflowsUrl
        ? `${workflowsUrl}/${encodeURIComponent(accessRequestWorkflowId(request.id))}`
        : null,
    processing,
    abilities: mayAct(processing)
      ? abilities
      : { ...abilities, grant: false, deny: false, decide: false, withdraw: false },
  }
}
