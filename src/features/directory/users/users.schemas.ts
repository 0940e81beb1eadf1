import { z } from 'zod'
import { fieldProblem } from '../../../domain/shared/field-errors.ts'
import {
  emailAddress,
  id,
  instant,
  line,
  list,
  newPassword,
  page,
  paging,
  searchedBy,
  searchText,
} from '../../../platform/http/schemas.ts'
import { rule } from '../../../platform/http/validation-messages.ts'
import { managedBy } from '../sources/sources.schemas.ts'
import { passwordKinds, userStates } from './users.table.ts'

const roles = z.array(z.enum(['admin'])).max(10)

const optional = {
  managerId: id.nullable().optional(),
  department: line().nullable().optional(),
  jobTitle: line().nullable().optional(),
  state: z.enum(userStates).optional(),
  roles: roles.optional(),
}

const withoutPassword = fieldProblem('not_applicable', 'goes only with a password: leave it out, or give a password')

export const createUserBody = z
  .strictObject({
    name: line(),
    email: emailAddress,
    ...optional,
    password: newPassword
      .optional()
      .meta({ description: 'A first password. Left out: the user sets one by an invitation, or signs in elsewhere' }),
    mustChangePassword: z
      .boolean()
      .optional()
      .meta({ description: 'Only with a password: it has to be changed at the first sign-in. True unless said' }),
  })
  .superRefine(
    rule(
      ({ password, mustChangePassword }) =>
        password === undefined && mustChangePassword !== undefined ? withoutPassword : undefined,
      ['mustChangePassword'],
    ),
  )
  .meta({ id: 'CreateUser' })
export type CreateUser = z.output<typeof createUserBody>

export const updateUserBody = z
  .strictObject({ name: line().optional(), email: emailAddress.optional(), ...optional })
  .meta({ id: 'UpdateUser' })
export type UpdateUser = z.output<typeof updateUserBody>

export const userSorts = ['name', '-name', 'email', '-email', 'createdAt', '-createdAt'] as const

export const usersQuery = z.strictObject({
  ...paging,
  q: searchText.optional().meta({ description: `${searchedBy}: name, e-mail address, department and id` }),
  person: searchText.optional().meta({ description: `${searchedBy}: name and e-mail address` }),
  state: list(z.enum(userStates)).optional(),
  role: z.enum(['admin']).optional(),
  managerId: id.optional(),
  sort: z.enum(userSorts).default('name'),
})

const person = z.object({ id: z.uuid(), name: z.string(), email: z.string() })

export const user = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    department: z.string().nullable(),
    jobTitle: z.string().nullable(),
    manager: person.nullable(),
    managerId: z.uuid().nullable(),
    managedBy,
    state: z.enum(userStates),
    roles: z.array(z.string()),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'User' })
export const userThatWaits = user
  .extend({ pendingChangeId: z.uuid().nullable().meta({ description: 'See GET /pending-changes' }) })
  .meta({ id: 'UserThatWaits' })
export type User = z.output<typeof user>

export const userDetails = user
  .extend({
    password: z
      .enum(passwordKinds)
      .meta({ description: 'None; a first one that has to be changed; or one that only the user knows' }),
    groups: z.array(z.object({ id: z.uuid(), name: z.string(), direct: z.boolean(), grantIds: z.array(z.uuid()) })),
    applications: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        url: z.string(),
        logoUrl: z.string().nullable(),
        color: z.string().nullable(),
        until: instant.nullable(),
        via: z.array(z.object({ groupId: z.uuid(), grantId: z.uuid().nullable() })),
      }),
    ),
    endedBySuspension: z
      .array(
        z.object({
          accessRequestId: z.uuid(),
          flow: z.object({ id: z.uuid(), name: z.string() }),
          group: z.object({ id: z.uuid(), name: z.string() }),
          startedAt: instant,
          expiresAt: instant.nullable(),
        }),
      )
      .meta({ description: 'Access that their last suspension ended; nothing of it comes back by itself' }),
    grants: z.array(
      z.object({
        id: z.uuid(),
        accessRequestId: z.uuid(),
        flow: z.object({ id: z.uuid(), name: z.string() }),
        group: z.object({ id: z.uuid(), name: z.string() }),
        startedAt: instant,
        expiresAt: instant.nullable(),
      }),
    ),
  })
  .meta({ id: 'UserDetails' })

export const usersPage = page(user).meta({ id: 'Users' })
