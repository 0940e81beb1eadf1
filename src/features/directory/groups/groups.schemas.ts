import { z } from 'zod'
import { id, instant, line, page, paging, prose, searchedBy, searchText } from '../../../platform/http/schemas.ts'
import { managedBy } from '../sources/sources.schemas.ts'

const connectorId = id.nullable().optional().meta({ description: 'Null: the directory itself' })

export const createGroupBody = z
  .strictObject({ name: line(120), description: prose(2000).default(''), connectorId })
  .meta({ id: 'CreateUserGroup' })
export type CreateGroup = z.output<typeof createGroupBody>

export const updateGroupBody = z
  .strictObject({ name: line(120).optional(), description: prose(2000).optional(), connectorId })
  .meta({ id: 'UpdateUserGroup' })
export type UpdateGroup = z.output<typeof updateGroupBody>

export const groupsQuery = z.strictObject({
  ...paging,
  q: searchText.optional().meta({ description: `${searchedBy}: name, description and id` }),
  state: z
    .enum(['active', 'archived'])
    .default('active')
    .meta({ description: 'archived: deleted, and kept because ended access or deleted flows name them' }),
  sort: z.enum(['name', '-name', 'createdAt', '-createdAt']).default('name'),
})

export const group = z
  .object({
    id: z.uuid(),
    name: z.string(),
    description: z.string(),
    connectorId: z.uuid().nullable(),
    managedBy,
    memberCount: z.int(),
    createdAt: instant,
    updatedAt: instant,
    archivedAt: instant.nullable(),
  })
  .meta({ id: 'UserGroup' })

export const groupsPage = page(group).meta({ id: 'UserGroups' })

export const memberParams = z.strictObject({ id, userId: id })
export const membersQuery = z.strictObject({
  ...paging,
  q: searchText.optional().meta({ description: `${searchedBy}: name, e-mail address, department and id` }),
  sort: z.enum(['name', '-name']).default('name'),
})

export const member = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    department: z.string().nullable(),
    state: z.string(),
    direct: z.boolean(),
    grantIds: z.array(z.uuid()),
  })
  .meta({ id: 'GroupMember' })
export const membersPage = page(member).meta({ id: 'GroupMembers' })

export const membership = z
  .object({
    groupId: z.uuid(),
    userId: z.uuid(),
    member: z.boolean(),
    direct: z.boolean(),
    heldByGrantIds: z.array(z.uuid()).meta({ description: 'Open grants that hold the user in the group as well' }),
  })
  .meta({ id: 'Membership' })
export const membershipThatWaits = z.object({ pendingChangeId: z.uuid() }).meta({ id: 'MembershipThatWaits' })
export type Membership = z.output<typeof membership>
