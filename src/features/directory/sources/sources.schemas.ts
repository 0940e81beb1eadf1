import { z } from 'zod'
import { sourceKinds } from '../../../domain/shared/managed.ts'
import { instant, line, page, paging } from '../../../platform/http/schemas.ts'

export const createSourceBody = z
  .strictObject({
    name: line(120),
    kind: z.enum(sourceKinds).meta({
      description:
        'scim: the other system calls us, at /scim/v2; ldap: we read a directory server, set up by PUT /people-sources/{id}/ldap',
    }),
  })
  .meta({ id: 'CreatePeopleSource' })
export type CreateSource = z.output<typeof createSourceBody>

export const updateSourceBody = z.strictObject({ name: line(120).optional() }).meta({ id: 'UpdatePeopleSource' })
export type UpdateSource = z.output<typeof updateSourceBody>

export const sourcesQuery = z.strictObject({ ...paging })

/** Whose something is: answers about people and groups carry it. */
export const managedBy = z
  .object({ id: z.uuid(), name: z.string(), kind: z.enum(sourceKinds) })
  .nullable()
  .meta({
    id: 'ManagedBy',
    description: 'The people source that is master of it: there it is changed. Null: it is kept here',
  })

const sourceToken = z
  .object({
    id: z.uuid(),
    name: z.string(),
    madeBy: z.object({ id: z.uuid(), name: z.string(), email: z.string() }).meta({
      description: 'The token ends with their credentials: when they are suspended, or are no administrator any more',
    }),
    expiresAt: instant.nullable(),
    lastUsedAt: instant.nullable(),
    lastUsedIp: z.string().nullable(),
    createdAt: instant,
  })
  .meta({ id: 'PeopleSourceToken' })

export const source = z
  .object({
    id: z.uuid(),
    name: z.string(),
    kind: z.enum(sourceKinds),
    baseUrl: z.string().nullable().meta({ description: 'Of SCIM: the address that the other system calls' }),
    people: z.int().meta({ description: 'How many people it manages' }),
    groups: z.int(),
    tokens: z.array(sourceToken).meta({ description: 'Those that are live, the newest first' }),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'PeopleSource' })
export type Source = z.output<typeof source>

export const sourcesPage = page(source).meta({ id: 'PeopleSources' })
