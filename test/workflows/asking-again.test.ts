/** A mail about the end of access leads to the flow only where its reader can ask for it. */
import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { userGroups } from '../../src/features/directory/groups/groups.table.ts'
import { approvalFlows } from '../../src/features/flows/flows.table.ts'
import { mails } from '../../src/platform/mail/mail.table.ts'
import { openService, type TestService } from '../support/worker-service.ts'

let world: TestService
beforeAll(async () => {
  world = await openService()
})
afterAll(() => world?.close())

type Changed = Partial<typeof approvalFlows.$inferInsert>

const cases: [string, boolean, () => Promise<Changed>][] = [
  ['is there still', true, async () => ({ name: 'Another name' })],
  ['was deleted', false, async () => ({ deletedAt: new Date().toISOString() })],
  ['was switched off', false, async () => ({ enabled: false })],
  [
    'is shown to others only',
    false,
    async () => {
      const id = uuidv7()
      await world.db.insert(userGroups).values({ id, name: `Others ${id}` })
      return { visibleToGroupIds: [id] }
    },
  ],
]

test.each(cases)('of a flow that %s: %s', async (_, canAskAgain, changed) => {
  const flow = await world.offer({ approvalType: 'automatic', approvers: [] })
  const admin = await world.addUser({ roles: ['admin'] })
  const id = await world.ask((await world.addUser()).id, flow.id)
  await expect.poll(() => world.statusOf(id)).toBe('approved')
  await world.db
    .update(approvalFlows)
    .set(await changed())
    .where(eq(approvalFlows.id, flow.id))

  await world.grantCommands.revoke((await world.grantOf(id))?.id ?? '', { by: admin.id }, randomUUID())

  const [mail] = await world.db
    .select({ data: mails.data })
    .from(mails)
    .where(and(eq(mails.accessRequestId, id), eq(mails.kind, 'access_ended')))
  expect(mail?.data).toMatchObject({ flowId: flow.id, canAskAgain })
})
