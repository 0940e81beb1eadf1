/** What operators do to workflows by hand: nothing stays open for ever, and access ends at its time. */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { until } from '../support/test-server.ts'
import { openService, type TestService } from '../support/worker-service.ts'

const run = promisify(execFile)

let world: TestService
beforeAll(async () => {
  world = await openService()
})
afterAll(() => world?.close())

async function anOpenRequest(durations: string[] = []) {
  const manager = await world.addUser()
  const requester = await world.addUser({ managerId: manager.id })
  const flow = await world.offer({ durations })
  const id = await world.ask(requester.id, flow.id)
  const approve = () => world.commands.decide(id, { by: manager.id, decision: 'approve' }, randomUUID())
  return { id, requester, flow, approve }
}

test('an operator who cancels the workflow closes the request at once, with its cause, in DI and by mail', async () => {
  const { id, approve } = await anOpenRequest()

  await world.requestHandle(id).cancel()

  expect(await world.requestHandle(id).result()).toBe('canceled')
  expect(await world.rowOf(id)).toMatchObject({ status: 'canceled', decision: { cause: 'workflow_ended' } })
  const types = (await world.auditOf(id)).map(({ eventType }) => eventType)
  expect(types).toContain('access_management_access_request_canceled')
  expect(await world.mailsOf(id)).toContain('request_canceled')
  await expect(approve()).rejects.toMatchObject({ code: 'request_closed', details: { current: 'canceled' } })
})

test.each([
  ['terminated', (id: string) => world.requestHandle(id).terminate('by an operator')],
  [
    'canceled',
    (id: string) =>
      world
        .requestHandle(id)
        .cancel()
        .then(() => world.requestHandle(id).result()),
  ],
] as const)('whoever lost a request whose workflow was %s may ask again at once', async (_how, end) => {
  const { id, requester, flow } = await anOpenRequest()
  await end(id)

  const again = await world.ask(requester.id, flow.id)

  expect(await world.statusOf(again)).toBe('pending')
  expect(await world.rowOf(id)).toMatchObject({ status: 'canceled', decision: { cause: 'workflow_ended' } })
})

test('a request whose workflow was terminated is closed by itself', async () => {
  const { id } = await anOpenRequest()
  await world.requestHandle(id).terminate('by an operator')

  await until(async () => (await world.statusOf(id)) === 'canceled', 40_000)

  expect((await world.mailsOf(id)).filter((kind) => kind === 'request_canceled')).toHaveLength(1)
})

test('a workflow that was reset goes on from what the row says', async () => {
  const [manager, owner] = [await world.addUser(), await world.addUser()]
  const requester = await world.addUser({ managerId: manager.id })
  const approvers = [{ kind: 'manager' as const }, { kind: 'resource_owner' as const, userId: owner.id }]
  const id = await world.ask(requester.id, (await world.offer({ approvers, approvalRequirement: 'all' })).id)
  await world.commands.decide(id, { by: manager.id, decision: 'approve' }, 'first')

  // The end of the first workflow task: before the decision, and nothing is applied again.
  const { workflowId } = world.requestHandle(id)
  const options = ['--event-id', '4', '--reason', 'by an operator', '--reapply-exclude', 'All']
  await run(inject('temporalCliPath'), [
    ...['workflow', 'reset', '--address', world.env.address, '--workflow-id', workflowId],
    ...options,
  ])

  await expect(world.commands.decide(id, { by: manager.id, decision: 'approve' }, 'again')).rejects.toMatchObject({
    code: 'already_decided',
  })
  expect(await world.commands.decide(id, { by: manager.id, decision: 'approve' }, 'first')).toEqual({ isKnown: true })
  await world.commands.decide(id, { by: owner.id, decision: 'approve' }, randomUUID())

  expect(await world.rowOf(id)).toMatchObject({ status: 'approved', version: 3 })
  expect((await world.auditOf(id)).filter(({ success }) => !success)).toEqual([])
})

test.each([
  ['canceled', (id: string) => world.grantHandle(id).cancel()],
  ['terminated', (id: string) => world.grantHandle(id).terminate('by an operator')],
] as const)('timed access whose workflow was %s ends at its time', async (_how, end) => {
  const { id, approve } = await anOpenRequest(['PT5S'])
  await approve()
  const grant = await world.grantOf(id)
  const isWaitedFor = () =>
    world
      .grantHandle(grant?.id ?? '')
      .describe()
      .then(
        () => true,
        () => false,
      )
  await until(isWaitedFor)

  await end(grant?.id ?? '')

  await until(async () => (await world.grantOf(id))?.endedAt !== null, 40_000)
  await until(async () => (await world.mailsOf(id)).includes('access_ended'))
  expect(Date.parse((await world.grantOf(id))?.endedAt ?? '')).toBeGreaterThanOrEqual(
    Date.parse(grant?.expiresAt ?? ''),
  )
})
