/** What the requester of a request already has, for those who decide on it. */
import { z } from 'zod'
import { can } from '../../domain/abilities.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { ok, route } from '../../platform/http/route.ts'
import { idParams, instant } from '../../platform/http/schemas.ts'
import { readHeld } from '../directory/facts.repository.ts'
import { findEntry } from './queue.repository.ts'

const requesterAccess = z
  .object({
    applications: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        color: z.string().nullable(),
        logoUrl: z.string().nullable(),
        until: instant.nullable().meta({ description: 'When access ends; null: no end' }),
      }),
    ),
    held: z
      .object({ since: instant, until: instant.nullable().meta({ description: 'Null: no end' }) })
      .nullable()
      .meta({ description: 'What they have already of the access that the request asks for' }),
  })
  .meta({ id: 'RequesterAccess' })
type RequesterAccess = z.output<typeof requesterAccess>

export interface RequesterAccessDeps {
  db: DbOrTx
  /** Of `directory/applications`: all that a user has, by name. */
  applicationsOf: (userId: string) => Promise<RequesterAccess['applications']>
}

export function requesterAccessRoutes({ db, applicationsOf }: RequesterAccessDeps): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/access-requests/{id}/requester-access',
      summary: 'Which applications the requester has now, for administrators and, while it is open, its approvers',
      tag: 'Access requests',
      ability: 'request.review',
      params: idParams,
      responses: { 200: { description: 'What the requester has', schema: requesterAccess } },
      handler: async ({ params, actor }) => {
        const request = (await findEntry(db, params.id))?.request
        if (!request || !can(actor, 'view', request))
          throw new DomainError('not_found', 'There is no such request for you.')
        if (!can(actor, 'review', request))
          throw new DomainError('forbidden', 'Only those who decide on this request see what its requester has.')
        const userId = request.requester.id
        const [applications, held] = await Promise.all([
          applicationsOf(userId),
          readHeld(db, { flow: request.flow, userId }),
        ])
        return ok({
          held,
          applications: applications.map(({ id, name, color, logoUrl, until }) => ({
            id,
            name,
            color,
            logoUrl,
            until,
          })),
        })
      },
    }),
  ]
}
