import { z } from 'zod'
import {
  color,
  id,
  instant,
  line,
  page,
  paging,
  searchedBy,
  searchText,
  webUrl,
  withoutDuplicates,
} from '../../../platform/http/schemas.ts'

const groupIds = withoutDuplicates(z.array(id).max(100), 'names the same group twice')

export const createApplicationBody = z
  .strictObject({
    name: line(120),
    url: webUrl,
    logoUrl: webUrl.nullable().optional(),
    color: color.nullable().optional(),
    groupIds: groupIds.default([]),
  })
  .meta({ id: 'CreateApplication' })
export type CreateApplication = z.output<typeof createApplicationBody>

export const updateApplicationBody = z
  .strictObject({
    name: line(120).optional(),
    url: webUrl.optional(),
    logoUrl: webUrl.nullable().optional(),
    color: color.nullable().optional(),
    groupIds: groupIds.optional(),
  })
  .meta({ id: 'UpdateApplication' })
export type UpdateApplication = z.output<typeof updateApplicationBody>

export const applicationsQuery = z.strictObject({
  ...paging,
  q: searchText.optional().meta({ description: `${searchedBy}: name, address and id` }),
  groupId: id.optional(),
  sort: z.enum(['name', '-name', 'createdAt', '-createdAt']).default('name'),
})

export const application = z
  .object({
    id: z.uuid(),
    name: z.string(),
    url: z.string(),
    logoUrl: z.string().nullable(),
    color: z.string().nullable(),
    groupIds: z.array(z.uuid()),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Application' })

export const applicationsPage = page(application).meta({ id: 'Applications' })

export const myApplication = z
  .object({
    id: z.uuid(),
    name: z.string(),
    url: z.string(),
    logoUrl: z.string().nullable(),
    color: z.string().nullable(),
    until: instant.nullable().meta({ description: 'When access ends; null when something holds it without an end' }),
    via: z.array(
      z.object({
        groupId: z.uuid(),
        grantId: z.uuid().nullable().meta({ description: 'Null: a direct member of the group' }),
        approvalFlow: z
          .object({ id: z.uuid(), name: z.string(), isOpen: z.boolean() })
          .nullable()
          .meta({ description: 'Of which it was asked, and whether it can be asked again' }),
        until: instant.nullable().meta({ description: 'When it ends; null: no end' }),
      }),
    ),
  })
  .meta({ id: 'MyApplication' })
export type MyApplication = z.output<typeof myApplication>

export const myApplicationsPage = page(myApplication).meta({ id: 'MyApplications' })
