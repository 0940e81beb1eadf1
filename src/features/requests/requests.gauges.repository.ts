/** Gauges of the product for /metrics. */
import { eq, sql } from 'drizzle-orm'
import type { Db } from '../../platform/db/client.ts'
import { mails } from '../../platform/mail/mail.table.ts'
import { directoryChanges } from './directory-changes.table.ts'
import { accessRequests, isOpenRow } from './requests.table.ts'

const count = sql<number>`count(*)::int`

export function readGauges(db: Db) {
  return {
    open_requests: {
      help: 'Open requests by status',
      read: async () => {
        const rows = await db
          .select({ status: accessRequests.status, count })
          .from(accessRequests)
          .where(isOpenRow)
          .groupBy(accessRequests.status)
        return Object.fromEntries(rows.map((row) => [row.status, row.count]))
      },
    },
    requests_not_started: {
      help: 'Requests whose workflow is not known to run',
      read: async () =>
        (await db.select({ count }).from(accessRequests).where(eq(accessRequests.started, false)))[0]?.count ?? 0,
    },
    mails_queued: {
      help: 'Mails that wait to be sent',
      read: async () => (await db.select({ count }).from(mails).where(eq(mails.state, 'queued')))[0]?.count ?? 0,
    },
    changes_waiting: {
      help: 'Changes that open requests have not all heard of',
      read: async () => (await db.select({ count }).from(directoryChanges).where(sql`done_at is null`))[0]?.count ?? 0,
    },
  }
}
