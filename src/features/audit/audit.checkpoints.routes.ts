/** Checkpoints of the audit log, to be kept elsewhere, and the key that proves them. */
import { z } from 'zod'
import { DomainError } from '../../domain/shared/errors.ts'
import { type DbOrTx } from '../../platform/db/columns.ts'
import { readPage } from '../../platform/http/page.ts'
import { ok, type RouteDefinition, route } from '../../platform/http/route.ts'
import { page, paging } from '../../platform/http/schemas.ts'
import { asPem, checkpoint, fingerprintOf } from './audit.checkpoint.ts'
import { listCheckpoints, newestFirst, readPublicKey } from './audit.checkpoints.repository.ts'

const tag = 'Directory Insights'
const none = () => new DomainError('not_found', 'There is no checkpoint yet: a worker makes the first when it begins.')

const checkpointsPage = page(checkpoint).meta({ id: 'AuditCheckpoints' })
const checkpointKey = z
  .object({
    fingerprint: z.string().meta({ description: 'SHA-256 of its DER form, in hex' }),
    algorithm: z.literal('Ed25519'),
    publicKey: z.string().meta({ description: 'PEM' }),
  })
  .meta({ id: 'AuditCheckpointKey' })

export function checkpointRoutes({ db }: { db: DbOrTx }): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/directory-insights/checkpoints',
      summary: 'Signed checkpoints of the hash chain, newest first',
      tag,
      ability: 'audit.read',
      query: z.strictObject(paging),
      responses: { 200: { description: 'A page of checkpoints', schema: checkpointsPage } },
      handler: async ({ query }) =>
        ok(await readPage({ ...query, list: 'checkpoints', sort: newestFirst }, (slice) => listCheckpoints(db, slice))),
    }),
    route({
      method: 'get',
      path: '/directory-insights/checkpoints/latest',
      summary: 'The newest checkpoint: keep it elsewhere, for npm run audit:verify -- --since',
      tag,
      ability: 'audit.read',
      responses: { 200: { description: 'The checkpoint', schema: checkpoint } },
      handler: async () => {
        const [latest] = await listCheckpoints(db, { limit: 1 })
        if (!latest) throw none()
        return ok(latest)
      },
    }),
    route({
      method: 'get',
      path: '/directory-insights/checkpoints/key',
      summary: 'The public key that checkpoints are signed with',
      tag,
      ability: 'audit.read',
      responses: { 200: { description: 'The key', schema: checkpointKey } },
      handler: async () => {
        const key = await readPublicKey(db)
        if (!key) throw none()
        return ok({ fingerprint: fingerprintOf(key), algorithm: 'Ed25519' as const, publicKey: asPem(key) })
      },
    }),
  ]
}
