/** The record of one access request: the words of the product, as every room of the code uses them. */
import {
  type ApprovalRequirement,
  type ApprovalType,
  type ApproverRule,
  type Required,
  type StepKind,
  sourceOf,
} from '../flow/flow.ts'
import type { Person } from '../shared/person.ts'
import type { AccountAct } from './four-eyes.ts'

export const requestStatuses = [
  'pending',
  'approved',
  'denied',
  'canceled',
  'expired',
  'missing_data',
  'error',
] as const
export type RequestStatus = (typeof requestStatuses)[number]

/** Statuses in which a request can expire, be canceled and be decided by an administrator. The others are final. */
export const openStatuses = ['pending', 'missing_data', 'error'] as const satisfies readonly RequestStatus[]

export const queues = ['administrator', 'others'] as const
export type Queue = (typeof queues)[number]

export const stepStates = ['waiting', 'current', 'approved', 'denied', 'missing', 'overridden', 'skipped'] as const
export type StepState = (typeof stepStates)[number]

/** The flow exactly as it was when the request was submitted. */
export interface FlowSnapshot {
  id: string
  name: string
  description: string
  color: string | null
  logoUrl: string | null
  groupId: string
  approvers: ApproverRule[]
  durations: string[]
}

export interface Requester extends Person {
  department: string | null
  manager: Person | null
}

export interface StepDecision {
  by: Person
  decision: 'approve' | 'deny'
  at: string
  reason: string | null
  via?: 'signal' | undefined
  /** Set when the requester had lately made or promoted whoever decided, or reset their credentials. */
  fourEyes?: AccountAct | undefined
}

export interface Step {
  /** 1 is the first. */
  order: number
  kind: StepKind
  label: string
  required: Required
  state: StepState
  /** Who may decide this step: never the requester, nobody who already counted in another step. */
  approvers: Person[]
  decisions: StepDecision[]
  /** Since when the step waits for its approvers. */
  currentSince: string | null
}

export interface MissingData {
  step: number
  kind: StepKind
  /** The user whose record has to be completed, when it is one. */
  subjectUserId: string | null
  detail: string
}

export const cancelCauses = [
  'flow_deleted',
  'flow_disabled',
  'withdrawn',
  'requester_suspended',
  'workflow_ended',
] as const
export type CancelCause = (typeof cancelCauses)[number]

export interface Decision {
  by: Person | null
  at: string
  outcome: 'approved' | 'denied' | 'canceled' | 'expired'
  /** True when an administrator closed a request that assigned approvers had to decide. */
  override: boolean
  message: string | null
  reason: string | null
  nextSteps: string | null
  cause: CancelCause | null
  /** Set when it did not come through our own API. */
  via?: 'signal' | undefined
  /** Set when the requester had lately made or promoted whoever decided, or reset their credentials. */
  fourEyes?: AccountAct | undefined
  /** Set when a change of the directory, and not another decision, made enough of what was decided: `by` decided last. */
  byDirectoryChange?: true | undefined
}

export interface ProcessingError {
  message: string
  since: string
  attempts: number
}

/** Access to the group that somebody has: since when, and until when; null is without an end. */
export interface HeldAccess {
  since: string
  until: string | null
}

export interface Grant {
  id: string
  /** Where the access was given, so that it is taken away there; null for the directory itself. */
  connectorId: string | null
  startedAt: string
  expiresAt: string | null
  endedAt: string | null
  endedBy: Person | null
  /** Access of the requester that lasted as long already: the approval changed nothing. */
  alreadyHeld?: HeldAccess | undefined
}

/** A grant that was decided and still has to be carried out by the connector. */
export interface PendingGrant {
  by: Person | null
  at: string
  override: boolean
  message: string | null
  duration: string | null
  /** The connected system that is asked to give it; null before one is. */
  connectorId: string | null
  via?: 'signal' | undefined
  /** Set when the requester had lately made or promoted whoever decided, or reset their credentials. */
  fourEyes?: AccountAct | undefined
  /** Set when a change of the directory, and not another decision, made enough of what was decided: `by` decided last. */
  byDirectoryChange?: true | undefined
}

export interface AccessRequest {
  id: string
  /** Counts the commits: each version is written once. */
  version: number
  /** Ids of the messages that made this version and those before it: a message is carried out once. */
  carriedOut: string[]
  status: RequestStatus
  approvalType: ApprovalType
  approvalRequirement: ApprovalRequirement
  queue: Queue
  flow: FlowSnapshot
  requester: Requester
  reason: string
  requestedDuration: string | null
  approvedDuration: string | null
  createdAt: string
  updatedAt: string
  /** ISO-8601: how long the request lives without action. */
  expiry: string
  expiresAt: string | null
  steps: Step[]
  missingData: MissingData[]
  provisioning: PendingGrant | null
  /**
   * Connected systems that were asked to give this access, and may hold it although no grant says so.
   * When the request is closed they are told to take it back.
   */
  askedConnectors: string[]
  decision: Decision | null
  error: ProcessingError | null
  /** What `error` last was; stays when a later try has given the access. */
  lastFailure?: ProcessingError | undefined
  grant: Grant | null
}

/** What never changes after the submission. */
const fixedFields = [
  'id',
  'flow',
  'reason',
  'approvalType',
  'approvalRequirement',
  'queue',
  'requestedDuration',
  'createdAt',
  'expiry',
] as const satisfies readonly (keyof AccessRequest)[]

/** A record without its fixed fields. */
export type ChangingFields = Omit<AccessRequest, (typeof fixedFields)[number]>

/** What a commit returns, so that a workflow's history holds what was asked for once. */
export function changingFieldsOf(request: AccessRequest): ChangingFields {
  const isFixed = (field: string) => (fixedFields as readonly string[]).includes(field)
  return Object.fromEntries(Object.entries(request).filter(([field]) => !isFixed(field))) as unknown as ChangingFields
}

/** True while the request can still be acted on. */
export function isOpen(request: Pick<AccessRequest, 'status'>): boolean {
  return (openStatuses as readonly RequestStatus[]).includes(request.status)
}

/** False also while access is being given: then it is open and takes no decision. */
export function isDecidable(request: Pick<AccessRequest, 'status' | 'provisioning'>): boolean {
  return isOpen(request) && request.provisioning === null
}

/** Administrators decide in tab Administrator; everything that assigned approvers decide is in Others. */
export function queueOf(approvers: readonly ApproverRule[]): Queue {
  return approvers.every((rule) => sourceOf(rule) === 'administrators') ? 'administrator' : 'others'
}
