/** Saved views of the queue, as they are taken and given. */
import { z } from 'zod'
import { fieldProblem } from '../../../domain/shared/field-errors.ts'
import { id, line, page, paging } from '../../../platform/http/schemas.ts'
import { inputWords, problemOfIssue, rule } from '../../../platform/http/validation-messages.ts'
import { filterShape, sort } from '../requests.schemas.ts'

/** As an address writes what `schema` reads: lists with commas. The text itself is kept. */
function written(schema: z.ZodType) {
  return z
    .string()
    .min(1)
    .max(8000)
    .superRefine(
      rule((text) => {
        // Where in a list it stands is nothing that a field of the address shows.
        const [issue] = schema.safeParse(text, { error: inputWords, reportInput: true }).error?.issues ?? []
        return issue && problemOfIssue(issue)
      }),
    )
}

/** A list of which `any` means that nothing is filtered; left out it means the default of the queue. */
const listOrAny = (schema: z.ZodType) => z.union([z.literal('any'), written(schema)])

/** Days counted back from today, which a view that is opened later counts anew. */
const periods = ['today', '7days', '30days', 'month'] as const

const { queue, status, approvalType, requester, flow, department, approver, q } = filterShape

/** What the address of the queue may hold beside the page: see `queue-search.ts` in the portal. */
export const viewSearch = z
  .strictObject({
    queue,
    status: listOrAny(status).optional(),
    approvalType: listOrAny(approvalType).optional(),
    requester,
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    period: z.enum(periods).optional(),
    expires: z.enum(['week']).optional(),
    flow: written(flow).optional(),
    department,
    approver,
    q,
    sort: sort.unwrap().optional(),
    limit: z.enum(['20', '50', '100']).optional(),
  })
  .superRefine(
    rule(
      ({ period, from, to }) =>
        period && (from ?? to) ? fieldProblem('not_applicable', 'must be left out beside from or to') : undefined,
      ['period'],
    ),
  )
  .meta({
    id: 'ViewSearch',
    description:
      'The parameters of the queue’s address in the Admin Portal. What is left out is as in the queue itself: status pending, approval type manual',
  })

export const viewBody = z
  .strictObject({ name: line(100), search: viewSearch, shared: z.boolean().default(false) })
  .meta({ id: 'SaveView' })
export type ViewInput = z.output<typeof viewBody>

export const view = z
  .object({
    id: z.uuid(),
    name: z.string(),
    search: viewSearch,
    shared: z.boolean().meta({ description: 'Every administrator sees it' }),
    owner: z.object({ id: z.uuid(), name: z.string() }).nullable().meta({ description: 'Null for the locked view' }),
    locked: z.boolean().meta({ description: 'Nobody can change or delete it; the first of every list' }),
    isDefault: z.boolean().meta({ description: 'It is what the queue opens with for the caller' }),
    abilities: z.object({ update: z.boolean(), delete: z.boolean() }).meta({ description: 'What the caller may do' }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'View' })

export const viewsQuery = z.strictObject(paging)
export const viewsPage = page(view).meta({ id: 'Views' })
export const defaultViewBody = z.strictObject({ viewId: id }).meta({ id: 'ChooseDefaultView' })
