/** From a row to what this caller may see of it. */

import type { Actor, Judged, RequestAbility } from '../../domain/abilities.ts'
import { abilitiesOf, isAdministrator } from '../../domain/abilities.ts'
import type { AccessRequest, Step } from '../../domain/request/record.ts'
import { isOpen } from '../../domain/request/record.ts'
import { hasDecided, progressOf } from '../../domain/request/steps.ts'
import type { AccessRequestView } from '../../domain/request/view.ts'
import { viewRequest } from '../../domain/request/view.ts'
import { accessRequestWorkflowId } from '../../domain/shared/workflow-ids.ts'
import type { SummaryRow } from './queue-summary.repository.ts'

/** A request as the read model has it, with what other tables know of it. */
export interface QueueEntry {
  request: AccessRequest
  started: boolean
  /** Its flow was deleted or disabled: it is being canceled. */
  isFlowClosed: boolean
  /** How the grant stands now; the request itself does not change any more. */
  grant: { expiresAt: string | null; endedAt: string | null; endedBy: { id: string; name: string } | null } | null
}

/** What says where a request stands. */
interface Standing extends Pick<QueueEntry, 'started' | 'isFlowClosed'> {
  request: Pick<AccessRequest, 'status' | 'provisioning'>
}

export type Processing = 'starting' | 'waiting' | 'granting' | 'canceling' | 'closed'

/** All but what the caller may do. */
export interface DescribedRequest extends AccessRequestView {
  workflowUrl: string | null
  processing: Processing
}

export interface PresentedRequest extends DescribedRequest {
  abilities: Record<RequestAbility, boolean>
}

/** Some of the fields of a request, under the same names. */
export type SummarizedRequest = Pick<
  PresentedRequest,
  | 'id'
  | 'version'
  | 'status'
  | 'queue'
  | 'approvalType'
  | 'createdAt'
  | 'expiresAt'
  | 'reason'
  | 'workflowUrl'
  | 'abilities'
> & {
  approvalFlow: Pick<PresentedRequest['approvalFlow'], 'id' | 'name' | 'color' | 'logoUrl'>
  requester: Pick<PresentedRequest['requester'], 'id' | 'name' | 'department'>
  progress: Pick<PresentedRequest['progress'], 'approved' | 'total'> & { steps: StepSummary[] }
  decision: Pick<NonNullable<PresentedRequest['decision']>, 'override'> | null
}

type StepSummary = Pick<Step, 'order' | 'kind' | 'label' | 'required' | 'state' | 'currentSince'> & {
  approvers: { id: string; name: string }[]
}

export interface Presentation {
  actor: Actor
  /** Base of the Temporal UI's pages of our namespace, when there is one. */
  workflowsUrl: string | null
  /** Do requesters see who must approve, and how far it is? */
  exposeProgress: boolean
}

function processingOf({ request, started, isFlowClosed }: Standing): Processing {
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

/** The request without the caller's abilities: a file has no caller to whom they belong. */
export function describeRequest(entry: QueueEntry, presentation: Presentation): DescribedRequest {
  const { request, grant } = entry
  const view = viewRequest(request)
  const isHidden = hidesProgress(entry, presentation)
  return {
    ...view,
    progress: isHidden ? { approved: 0, total: 0, steps: [] } : view.progress,
    missingData: isHidden ? [] : view.missingData,
    error: errorFor(presentation.actor, view.error),
    lastFailure: errorFor(presentation.actor, view.lastFailure),
    grant: view.grant && grant ? { ...view.grant, ...grant } : view.grant,
    workflowUrl: workflowUrlOf(request.id, presentation),
    processing: processingOf(entry),
  }
}

export function presentRequest(entry: QueueEntry, presentation: Presentation): PresentedRequest {
  const described = describeRequest(entry, presentation)
  return { ...described, abilities: abilitiesNow(presentation.actor, entry.request, described.processing) }
}

/** What a row of the queue shows of it: for administrators, who see every request. */
export function summarizeRequest(row: SummaryRow, presentation: Presentation): SummarizedRequest {
  const { id, version, status, queue, approvalType, createdAt, expiresAt, reason, override } = row
  const judged = { ...row, requester: { id: row.requesterId } }
  return {
    id,
    version,
    status,
    queue,
    approvalType,
    createdAt,
    expiresAt,
    reason,
    approvalFlow: { id: row.flowId, name: row.flowName, color: row.color, logoUrl: row.logoUrl },
    requester: { id: row.requesterId, name: row.name, department: row.department },
    progress: { ...progressOf(row), steps: row.steps.map(summarizeStep) },
    decision: override === null ? null : { override },
    workflowUrl: workflowUrlOf(id, presentation),
    abilities: abilitiesNow(presentation.actor, judged, processingOf({ ...row, request: row })),
  }
}

const awaitedShown = 2

function summarizeStep(step: Step): StepSummary {
  const { order, kind, label, required, state, currentSince } = step
  const awaited = state === 'current' ? step.approvers.filter(({ id }) => !hasDecided(step, id)) : []
  const approvers = awaited.slice(0, awaitedShown).map((person) => ({ id: person.id, name: person.name }))
  return { order, kind, label, required, state, currentSince, approvers }
}

function workflowUrlOf(id: string, { actor, workflowsUrl }: Presentation): string | null {
  if (!workflowsUrl || !isAdministrator(actor)) return null
  return `${workflowsUrl}/${encodeURIComponent(accessRequestWorkflowId(id))}`
}

function abilitiesNow(actor: Actor, request: Judged, processing: Processing): Record<RequestAbility, boolean> {
  const abilities = abilitiesOf(actor, request)
  return mayAct(processing) ? abilities : { ...abilities, grant: false, deny: false, decide: false, withdraw: false }
}
