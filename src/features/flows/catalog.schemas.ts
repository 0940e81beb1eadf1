import { z } from 'zod'
import { stepKinds } from '../../domain/flow/flow.ts'
import { instant, page, paging, searchedBy, searchText } from '../../platform/http/schemas.ts'

export const catalogQuery = z.strictObject({
  ...paging,
  q: searchText.optional().meta({ description: `${searchedBy}: name and description` }),
  sort: z.enum(['name', '-name']).default('name'),
})

export const catalogEntry = z
  .object({
    id: z.uuid(),
    name: z.string(),
    description: z.string(),
    color: z.string().nullable(),
    logoUrl: z.string().nullable(),
    durations: z.array(z.string()),
    approvers: z.array(z.object({ kind: z.enum(stepKinds), label: z.string() })),
    access: z.enum(['none', 'pending', 'granted']),
    since: instant.nullable().meta({ description: 'Since when it is pending or granted' }),
    until: instant.nullable().meta({ description: 'When access that was granted ends; null: no end' }),
    requestId: z.uuid().nullable().meta({ description: 'The open request, or the one that gave the access' }),
  })
  .meta({ id: 'CatalogEntry' })
export type CatalogEntry = z.output<typeof catalogEntry>

/** One flow, and whether anything can be asked for at all. */
export const catalogDetails = catalogEntry.extend({ requestsEnabled: z.boolean() }).meta({ id: 'CatalogDetails' })

export const catalogPage = page(catalogEntry)
  .extend({ requestsEnabled: z.boolean().meta({ description: 'False while Settings switch access requests off' }) })
  .meta({ id: 'Catalog' })
