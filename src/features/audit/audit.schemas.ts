import { z } from 'zod'
import { auditEventTypes } from '../../domain/audit-entry.ts'
import { csvStyle } from '../../platform/http/csv.ts'
import {
  emailAddress,
  id,
  instant,
  list,
  moment,
  page,
  paging,
  searchedBy,
  searchText,
} from '../../platform/http/schemas.ts'

const filters = {
  eventType: list(z.enum(auditEventTypes)).optional(),
  from: moment.optional().meta({ description: 'Not before this moment' }),
  to: moment.optional().meta({ description: 'Not after this moment' }),
  initiatedBy: z.union([id, emailAddress]).optional().meta({ description: 'Id or e-mail address of a user' }),
  accessRequestId: id.optional(),
  q: searchText.optional().meta({
    description: `${searchedBy}: type, resource, error message, internal note, request ids from their beginning (six signs or more), and name and e-mail address of who did it, to whom it was done, or whose request it is of`,
  }),
}

export const eventsQuery = z.strictObject({ ...paging, ...filters })
export const eventsExportQuery = z.strictObject({
  format: z.enum(['json', 'csv']).default('json'),
  ...csvStyle,
  ...filters,
})
export type EventFilters = Omit<z.output<typeof eventsExportQuery>, 'format' | keyof typeof csvStyle>

export const auditEvent = z
  .object({
    id: z.uuid(),
    event_type: z.enum(auditEventTypes),
    timestamp: instant,
    service: z.literal('access_management'),
    initiated_by: z.object({ id: z.uuid().nullable(), type: z.string(), email: z.string().nullable() }),
    access_request_id: z.uuid().nullable(),
    resource: z.object({ type: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
    workflow: z.object({ id: z.string().nullable() }),
    changes: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })),
    client_ip: z.string().nullable(),
    user_agent: z.string().nullable(),
    success: z.boolean(),
    error_message: z.string().nullable(),
    internal_note: z.string().nullable(),
  })
  .meta({ id: 'DirectoryInsightsEvent' })
export type AuditEvent = z.output<typeof auditEvent>

export const auditEventsPage = page(auditEvent).meta({ id: 'DirectoryInsightsEvents' })
