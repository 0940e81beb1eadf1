import { z } from 'zod'
import { instant } from '../../platform/http/schemas.ts'
import { changeKinds } from './pending-changes.table.ts'

const person = z.object({ id: z.uuid(), name: z.string(), email: z.string() })

export const pendingChange = z
  .object({
    id: z.uuid(),
    kind: z.enum(changeKinds),
    user: person,
    roles: z.array(z.string()).nullable().meta({ description: 'For roles: those the user is to have' }),
    group: z.object({ id: z.uuid(), name: z.string() }).nullable().meta({ description: 'For member' }),
    proposedBy: person,
    createdAt: instant,
  })
  .meta({ id: 'PendingChange' })

export const pendingChangeList = z.object({ items: z.array(pendingChange) }).meta({ id: 'PendingChanges' })
