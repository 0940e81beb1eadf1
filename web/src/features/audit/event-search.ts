/** The address of the events list, and what it means for the API. */
import type { components } from '../../api/schema.d.ts'
import { dayOf, endOfDay, startOfDay } from '../../lib/day.ts'
import { textsOf } from '../../lib/search-text.ts'

export type AuditEvent = components['schemas']['DirectoryInsightsEvent']

type EventType = AuditEvent['event_type']

/** The types of events by kind, as the filter offers them. */
export const eventKinds = {
  requests: [
    'access_management_access_request',
    'access_management_access_request_approval',
    'access_management_access_request_expired',
    'access_management_access_request_canceled',
    'access_management_access_request_missing_data',
    'access_management_access_request_error',
  ],
  access: ['access_management_association_change', 'access_management_access_revoked'],
  flows: [
    'access_management_approval_flow_create',
    'access_management_approval_flow_update',
    'access_management_approval_flow_delete',
  ],
  people: [
    'user_create',
    'user_update',
    'user_erase',
    'people_source_create',
    'people_source_update',
    'people_source_delete',
    'user_group_create',
    'user_group_update',
    'user_group_delete',
    'pending_change_create',
    'pending_change_approve',
    'pending_change_reject',
  ],
  signIn: ['user_login_attempt', 'user_logout', 'user_password_link_create', 'api_token_create', 'api_token_delete'],
  applications: [
    'access_management_application_create',
    'access_management_application_update',
    'access_management_application_delete',
    'access_management_connector_create',
    'access_management_connector_update',
    'access_management_connector_delete',
  ],
  service: [
    'access_management_access_request_settings_update',
    'access_management_view_create',
    'access_management_view_update',
    'access_management_view_delete',
    'access_management_call_refused',
    'access_management_export',
    'access_management_history_decode',
    'mail_refused',
    'mail_send_again',
    'mail_test',
    'retention_removal',
  ],
} as const satisfies Record<string, readonly EventType[]>

type KindOfEvent = keyof typeof eventKinds
type Sorted = (typeof eventKinds)[KindOfEvent][number]
/** Does not compile while a type is of no kind. */
const known: ReadonlySet<string> = new Set<[EventType] extends [Sorted] ? EventType : never>(
  Object.values(eventKinds).flat(),
)

export const kindsOfEvents = Object.keys(eventKinds) as KindOfEvent[]

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export type EventSearch = ReturnType<typeof readEventSearch>

export function readEventSearch(search: Record<string, unknown>) {
  const { from, to, request, ...texts } = textsOf(search, 'q', 'type', 'from', 'to', 'by', 'request', 'cursor')
  return {
    ...texts,
    ...(dayOf(from) && { from }),
    ...(dayOf(to) && { to }),
    ...(request && uuid.test(request) && { request }),
  }
}

/** Days are the reader's own, from their midnight to the next one; what the address mistypes is left out. */
export function filtersOf({ q, type, from, to, by, request }: EventSearch) {
  return {
    ...(q && { q }),
    ...(type && known.has(type) && { eventType: type }),
    ...(from && { from: startOfDay(from) }),
    ...(to && { to: endOfDay(to) }),
    ...(by && { initiatedBy: by }),
    ...(request && { accessRequestId: request }),
  }
}
