/** What the routes of one's own requests and approvals take and give. */
import { z } from 'zod'
import { requestStatuses } from '../../domain/request/record.ts'
import { list, paging, searchedBy, searchText } from '../../platform/http/schemas.ts'
import { filterShape } from './requests.schemas.ts'

export const myRequestsQuery = z.strictObject({
  ...paging,
  status: list(z.enum(requestStatuses)).optional(),
  q: searchText.optional().meta({
    description: `${searchedBy}: flow, reason, my name at that time, and ids from their beginning (six signs or more)`,
  }),
})

const approvalsShape = { state: z.enum(['waiting', 'decided']).default('waiting'), q: filterShape.q }
export const approvalsFilterQuery = z.strictObject(approvalsShape)
export type ApprovalsFilter = z.output<typeof approvalsFilterQuery>
const approvalSortFields = ['createdAt', 'requesterName', 'flowName', 'expiresAt'] as const
export const approvalsQuery = z.strictObject({
  ...approvalsShape,
  ...paging,
  sort: z
    .enum([...approvalSortFields, ...approvalSortFields.map((field) => `-${field}` as const)])
    .optional()
    .meta({ description: 'Without it: what waits by createdAt, what is decided by -createdAt' }),
})
export const approvalsCount = z
  .object({
    count: z.int(),
    isCapped: z.boolean().meta({ description: 'There are more: up to 1,000 are counted' }),
  })
  .meta({ id: 'ApprovalsCount' })
