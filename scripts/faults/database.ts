/** Reads the tables of the service, in SQL of its own: what the product says of itself is not asked here. */
import postgres from 'postgres'

export interface Row {
  id: string
  requesterId: string
  flowId: string
  status: string
  version: number
  /** Id of the administrator. */
  decidedBy: string | null
}

export interface GrantRow {
  id: string
  userId: string
  groupId: string
  expiresAt: string | null
  endedAt: string | null
  /** How long after its end it was ended, in seconds. */
  endedLate: number | null
}

/** An entry of Directory Insights; `to` is the status it tells of. */
export interface EventRow {
  type: string
  success: boolean
  initiatedBy: string | null
  to: string | null
  error: string | null
}

export interface MailRow {
  id: string
  kind: string
  state: string
  /** From its event until it was sent, in seconds. */
  waited: number | null
}

/** Everything but `mailIds` by id of the request. */
export interface DatabaseFacts {
  rows: Map<string, Row>
  grants: Map<string, GrantRow[]>
  events: Map<string, EventRow[]>
  mails: Map<string, MailRow[]>
  mailIds: Set<string>
}

/** What still goes on by itself, in words; empty when nothing does. */
export type Unrest = string[]

export function createDatabaseReader(env: Record<string, string>) {
  const sql = postgres(env['DATABASE_URL'] ?? '', { max: 2, connect_timeout: 5, onnotice: () => undefined })

  return {
    async read(): Promise<DatabaseFacts> {
      const rows = await sql<Row[]>`
        select id, requester_id as "requesterId", flow_id as "flowId", status, version,
          state #>> '{decision,by,id}' as "decidedBy" from access_requests`
      const grants = await sql<(GrantRow & { of: string })[]>`
        select access_request_id as of, id, user_id as "userId", group_id as "groupId",
          expires_at::text as "expiresAt", ended_at::text as "endedAt",
          extract(epoch from ended_at - expires_at)::float8 as "endedLate" from grants`
      const events = await sql<(EventRow & { of: string })[]>`
        select access_request_id as of, event_type as type, success, initiated_by_id as "initiatedBy",
          jsonb_path_query_first(changes, '$[*] ? (@.field == "status").to') #>> '{}' as to, error_message as error
        from audit_events where access_request_id is not null order by seq`
      const mails = await sql<(MailRow & { of: string | null })[]>`
        select access_request_id as of, id, kind, state,
          extract(epoch from sent_at - created_at)::float8 as waited from mails`
      return {
        rows: new Map(rows.map((row) => [row.id, row])),
        grants: byRequest(grants),
        events: byRequest(events),
        mails: byRequest(mails),
        mailIds: new Set(mails.map(({ id }) => id)),
      }
    },

    /** @param endsWithinMs grants that end within this time from now are waited for */
    async unrest(endsWithinMs: number): Promise<Unrest> {
      const [found] = await sql<{ open: number; queued: number; ending: number }[]>`
        select
          (select count(*)::int from access_requests where status in ('pending', 'missing_data', 'error')) as open,
          (select count(*)::int from mails where state = 'queued') as queued,
          (select count(*)::int from grants where ended_at is null
            and expires_at < now() + ${endsWithinMs} * interval '1 millisecond') as ending`
      const { open = 0, queued = 0, ending = 0 } = found ?? {}
      const words = { 'open requests': open, 'mails to send': queued, 'grants to end': ending }
      return Object.entries(words).flatMap(([what, count]) => (count > 0 ? `${count} ${what}` : []))
    },

    close: () => sql.end({ timeout: 5 }),
  }
}

function byRequest<T extends { of: string | null }>(rows: readonly T[]): Map<string, T[]> {
  const found = new Map<string, T[]>()
  for (const row of rows) {
    const key = row.of ?? ''
    found.set(key, [...(found.get(key) ?? []), row])
  }
  return found
}
