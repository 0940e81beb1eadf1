/** What is said of people who have left: suspended here, or taken away by the source that they came from. */
import { z } from 'zod'
import { requestStatuses } from '../../domain/request/record.ts'
import { instant } from '../../platform/http/schemas.ts'
import { userStates } from '../directory/users/users.table.ts'

const named = z.object({ id: z.uuid(), name: z.string() })
const target = z.string().nullable().meta({ description: 'The connected system; null for the directory itself' })

export const leaving = z
  .object({
    state: z.enum(userStates),
    since: instant.nullable().meta({ description: 'When they were last suspended; null for never' }),
    removedAt: instant.nullable().meta({ description: 'When their source took them away' }),
    by: z
      .object({ id: z.uuid().nullable(), type: z.string(), name: z.string().nullable() })
      .nullable()
      .meta({ description: 'Who suspended them: a user or a source; null when it was not done through this service' }),
    requests: z
      .array(z.object({ id: z.uuid(), flow: named, status: z.enum(requestStatuses), updatedAt: instant }))
      .meta({ description: 'What they had asked for: canceled, or about to be' }),
    grants: z
      .array(
        z.object({
          id: z.uuid(),
          accessRequestId: z.uuid(),
          flow: named,
          group: named,
          target,
          endedAt: instant.nullable(),
          endError: z.string().nullable().meta({ description: 'Why it could not be taken away yet' }),
        }),
      )
      .meta({ description: 'Access they had by requests: ended, or about to be' }),
    memberships: z.array(z.object({ group: named, target, flows: z.array(named) })).meta({
      description:
        'Direct memberships of groups that flows give: kept until somebody decides, and taken away at connected systems',
    }),
    steps: z
      .array(
        z.object({
          requestId: z.uuid(),
          flow: named,
          requester: named,
          status: z.enum(requestStatuses),
          at: instant,
          now: named.nullable().meta({ description: 'Whose the step is now; null for nobody (Missing Data)' }),
        }),
      )
      .meta({ description: 'Steps that waited for them alone. In groups and among administrators the others go on' }),
    reports: z.array(named).meta({ description: 'Activated people whose manager they still are' }),
  })
  .meta({ id: 'Leaving' })
export type Leaving = z.output<typeof leaving>

export const leavers = z
  .object({
    items: z.array(
      named.extend({
        email: z.string(),
        since: instant.nullable(),
        openGrants: z.int().meta({ description: 'Access that is still being taken away' }),
        memberships: z.int().meta({ description: 'Direct memberships of groups that flows give' }),
      }),
    ),
  })
  .meta({ id: 'Leavers' })
export type Leavers = z.output<typeof leavers>
