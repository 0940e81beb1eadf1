/** What the grant routes take and give. */
import { z } from 'zod'
import type { ExtendMessage } from '../../domain/grant/record.ts'
import { type MessageShape, moment, paging, searchedBy, searchText } from '../../platform/http/schemas.ts'

const named = z.object({ id: z.uuid(), name: z.string() })

export const listQuery = z.strictObject({
  ...paging,
  state: z.enum(['active', 'ended']).default('active'),
  timed: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional()
    .meta({ description: 'Only grants with (true) or without (false) an end' }),
  userId: z.uuid().optional(),
  q: searchText.optional().meta({
    description: `${searchedBy}: the user's name, e-mail address and department, flow, group, and ids of grant and request`,
  }),
  sort: z.enum(['startedAt', '-startedAt']).default('-startedAt'),
})
export type GrantsQuery = z.output<typeof listQuery>

export const extendBody = z
  .strictObject({ until: moment } satisfies MessageShape<ExtendMessage>)
  .meta({ id: 'ExtendGrant' })

export const grant = z
  .object({
    id: z.uuid(),
    accessRequestId: z.uuid(),
    user: z.object({ id: z.uuid(), name: z.string(), email: z.string() }),
    approvalFlow: named,
    group: named,
    givenBy: named.nullable().meta({
      description: 'Who granted it; null when it was given by itself, or the request is not kept any more',
    }),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'Why it was asked for; null when the request is not kept any more' }),
    startedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
    endedBy: named.nullable(),
    endError: z.string().nullable().meta({ description: 'Why taking it away has not worked yet' }),
  })
  .meta({ id: 'Grant' })
export type GrantView = z.output<typeof grant>
