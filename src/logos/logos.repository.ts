/** Where the logos stand. */
import { and, eq, isNull } from 'drizzle-orm'
import { applications } from '../applications/applications.table.ts'
import type { DbOrTx } from '../db/columns.ts'
import { approvalFlows } from '../flows/flows.table.ts'

/** Nothing for a flow without a logo, one that is deleted, or none at all. */
export async function findFlowLogoUrl(db: DbOrTx, id: string): Promise<string | null> {
  const [flow] = await db
    .select({ logoUrl: approvalFlows.logoUrl })
    .from(approvalFlows)
    .where(and(eq(approvalFlows.id, id), isNull(approvalFlows.deletedAt)))
  return flow?.logoUrl ?? null
}

/** Nothing for an application without a logo, or none at all. */
export async function findApplicationLogoUrl(db: DbOrTx, id: string): Promise<string | null> {
  const [application] = await db
    .select({ logoUrl: applications.logoUrl })
    .from(applications)
    .where(eq(applications.id, id))
  return application?.logoUrl ?? null
}
