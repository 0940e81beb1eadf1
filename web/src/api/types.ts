/** Short names for what the API's description calls them. */
import type { components } from './schema.d.ts'

type Schemas = components['schemas']

export type ErrorCode = Schemas['Problem']['code']
export type FieldError = Schemas['FieldError']
export type FieldErrorCode = FieldError['code']
export type FieldFormat = Extract<FieldError, { code: 'invalid_format' }>['params']['format']
export type AccessRequest = Schemas['AccessRequest']
/** What a row of the queue shows of a request. */
export type RequestSummary = Schemas['AccessRequestSummary']
export type RequestStatus = AccessRequest['status']
export type ApprovalType = AccessRequest['approvalType']
export type QueueName = AccessRequest['queue']
export type Step = AccessRequest['progress']['steps'][number]
export type StepState = Step['state']
export type Me = Schemas['Me']
export type QueueCounts = Schemas['QueueCounts']
export type BulkResult = Schemas['BulkResults']['results'][number]
