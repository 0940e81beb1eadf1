/** What of a new installation is there already. Only whether it exists: nothing is counted. */
import { eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { mailTotals } from '../../platform/mail/mail.table.ts'
import { applications } from '../directory/applications/applications.table.ts'
import { isNotArchived, userGroups } from '../directory/groups/groups.table.ts'
import { users } from '../directory/users/users.table.ts'
import { approvalFlows } from '../flows/flows.table.ts'
import { accessRequests } from '../requests/requests.table.ts'
import { settings } from '../settings/settings.table.ts'
import type { SetupSteps } from './setup.schemas.ts'

const isThere = (rows: SQL) => sql<boolean>`exists (select 1 from ${rows})`

/** Each step for this administrator: whether the password is their own, and somebody is there beside them. */
export async function readSetupSteps(db: DbOrTx, administratorId: string): Promise<SetupSteps | undefined> {
  const [steps] = await db
    .select({
      password: sql<boolean>`not ${users.mustChangePassword}`,
      company: isThere(sql`${settings} where ${isNotNull(settings.companyName)}`),
      people: isThere(sql`users as other where other.id <> ${administratorId}`),
      group: isThere(sql`${userGroups} where ${isNotArchived}`),
      application: isThere(sql`${applications}`),
      flow: isThere(sql`${approvalFlows} where ${isNull(approvalFlows.deletedAt)}`),
      mail: isThere(sql`${mailTotals} where ${isNotNull(mailTotals.lastSentAt)}`),
      request: isThere(sql`${accessRequests}`),
    })
    .from(users)
    .where(eq(users.id, administratorId))
  return steps
}
