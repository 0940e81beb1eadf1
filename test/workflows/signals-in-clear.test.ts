/** Where the Temporal server itself asks who is calling, signals count as they are typed. */
import { Client } from '@temporalio/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../support/test-server.ts'
import { openService, type TestService } from '../support/worker-service.ts'

let world: TestService
let outsider: Client

beforeAll(async () => {
  world = await openService({ signalsInClear: true })
  outsider = new Client({ connection: world.env.connection })
})
afterAll(() => world.close())

test('a signal in the clear decides where that is allowed, and the audit log says that it was one', async () => {
  const manager = await world.addUser()
  const id = await world.ask((await world.addUser({ managerId: manager.id })).id, (await world.offer()).id)
  const outside = outsider.workflow.getHandle(`access-request/${id}`)

  await outside.signal('decide', { by: manager.id, decision: 'maybe' })
  await outside.signal('decide', { by: manager.id, decision: 'approve' })
  await until(async () => (await world.statusOf(id)) === 'approved')

  const made = (await world.auditOf(id)).filter(({ initiatedByType }) => initiatedByType === 'signal')
  expect(made.map(({ success }) => success)).toEqual([false, true, true])
})
