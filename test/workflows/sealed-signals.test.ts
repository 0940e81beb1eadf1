/** Signals that decide count when somebody who has a key has sealed them, on the worker as it really is. */
import { randomBytes, randomUUID } from 'node:crypto'
import { type Client, Client as TemporalClient } from '@temporalio/client'
import { defaultPayloadConverter, type Payload, RawValue } from '@temporalio/common'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sealMetadata } from '../../src/domain/shared/seal.ts'
import { dataConverterFor } from '../../src/platform/engine/client.ts'
import { createPayloadCodec } from '../../src/platform/engine/payload-codec.ts'
import { sealedPayload } from '../../src/platform/engine/sealing.ts'
import { testKeys } from '../replay/test-key.ts'
import { until } from '../support/test-server.ts'
import { openService, type TestService } from '../support/worker-service.ts'

let world: TestService
/** Another system, which has no key and encrypts nothing. */
let outsider: Client

beforeAll(async () => {
  world = await openService()
  outsider = new TemporalClient({ connection: world.env.connection })
})
afterAll(() => world.close())

async function scene() {
  const admin = await world.addUser({ roles: ['admin'] })
  const manager = await world.addUser({ managerId: null })
  const requester = await world.addUser({ managerId: manager.id })
  const id = await world.ask(requester.id, (await world.offer()).id)
  const workflowId = `access-request/${id}`
  return { id, admin, manager, requester, workflowId, outside: outsider.workflow.getHandle(workflowId) }
}

const failed = async (id: string) => (await world.auditOf(id)).filter(({ success }) => !success)
const refusals = async (id: string) => (await failed(id)).map(({ errorMessage }) => errorMessage)
const textOf = (text: string) => new TextEncoder().encode(text)
const notSealed = 'forbidden: the signal was not sealed; see docs/signals.md'

/** What somebody with these keys sends, with this seal. */
async function sealedBy(keys: typeof testKeys, value: unknown, seal: object): Promise<RawValue> {
  const [encrypted] = await createPayloadCodec(keys).encode([sealedPayload(value, seal)])
  return RawValue.fromPayload(encrypted as Payload)
}

test('a signal sealed with a key decides, and every entry of the audit log says that it was one', async () => {
  const { id, manager, workflowId, outside } = await scene()
  const message = { by: manager.id, decision: 'approve' }

  await outside.signal('decide', await sealedBy(testKeys, message, { workflowId, name: 'decide' }))
  await until(async () => (await world.statusOf(id)) === 'approved')

  const made = (await world.auditOf(id)).filter(({ initiatedById }) => initiatedById === manager.id)
  expect(made.map(({ initiatedByType, initiatedByEmail }) => [initiatedByType, initiatedByEmail])).toEqual([
    ['signal', manager.email],
    ['signal', manager.email],
  ])
})

test('the same decision by the API is one of a user', async () => {
  const { id, manager } = await scene()

  await world.commands.decide(id, { by: manager.id, decision: 'approve' }, randomUUID())

  const made = (await world.auditOf(id)).filter(({ initiatedById }) => initiatedById === manager.id)
  expect(made.map(({ initiatedByType }) => initiatedByType)).toEqual(['user', 'user'])
})

test('signals in the clear decide nothing, and are written down as failed once an hour, however many come', async () => {
  const { id, admin, manager, requester, outside } = await scene()

  for (let time = 0; time < 5; time++) await outside.signal('decide', { by: manager.id, decision: 'approve' })
  await outside.signal('override', { by: admin.id, decision: 'grant' })
  await outside.signal('withdraw', { by: requester.id })
  await outside.signal('flowClosed', { cause: 'deleted' })
  await outside.signal('flowClosed', 'nonsense')
  await until(async () => (await refusals(id)).some((one) => one?.startsWith('invalid_input')))

  expect(await world.rowOf(id)).toMatchObject({ status: 'pending', version: 1 })
  expect((await refusals(id)).filter((one) => one === notSealed).length).toBeLessThanOrEqual(8)
  const names = (await failed(id)).map(({ changes }) => changes[0]?.to)
  expect(new Set(names)).toEqual(new Set(['decide', 'override', 'withdraw', 'flowClosed']))
  expect((await failed(id)).map(({ initiatedByType }) => initiatedByType)).toEqual(names.map(() => 'signal'))
})

test('an update in the clear is refused like a signal, to its caller as well', async () => {
  const { id, manager, workflowId } = await scene()
  // It can read answers, and seals nothing.
  const reader = new TemporalClient({ connection: world.env.connection, dataConverter: dataConverterFor(testKeys) })
  const outside = reader.workflow.getHandle(workflowId)

  const update = outside.executeUpdate('decide', { args: [{ by: manager.id, decision: 'approve' }] })

  await expect(update).rejects.toMatchObject({ cause: { type: 'forbidden' } })
  expect(await world.statusOf(id)).toBe('pending')
  expect(await refusals(id)).toEqual(['forbidden: the update was not sealed; see docs/signals.md'])
})

test('a seal that was put there without a key is none', async () => {
  const { id, manager, workflowId, outside } = await scene()
  const message = { by: manager.id, decision: 'approve' }
  const { metadata, data } = defaultPayloadConverter.toPayload(message)
  const seal = textOf(JSON.stringify({ workflowId, name: 'decide' }))

  await outside.signal(
    'decide',
    RawValue.fromPayload({ metadata: { ...metadata, [sealMetadata]: seal }, data: data ?? null }),
  )
  await until(async () => (await refusals(id)).length === 1)

  expect(await refusals(id)).toEqual([notSealed])
  const theirs = [{ id: testKeys[0]?.id ?? '', key: randomBytes(32) }]
  await outside.signal('decide', await sealedBy(theirs, message, { workflowId }))
  await until(async () => (await refusals(id)).length === 2)
  expect(await world.statusOf(id)).toBe('pending')
})

test('what was encrypted without a seal decides nothing: a decision copied out of a history', async () => {
  const { id, manager, outside } = await scene()
  const plain = defaultPayloadConverter.toPayload({ by: manager.id, decision: 'approve' })
  const [encrypted] = await createPayloadCodec(testKeys).encode([plain])

  await outside.signal('decide', RawValue.fromPayload(encrypted as Payload))
  await until(async () => (await refusals(id)).length === 1)

  expect(await refusals(id)).toEqual([notSealed])
})

test("an administrator's decision of one request, copied out of its history, decides no other one", async () => {
  const [first, second] = [await scene(), await scene()]
  await world.commands.override(first.id, { by: first.admin.id, decision: 'grant' }, randomUUID())
  const { events } = await world.client.workflow.getHandle(first.workflowId).fetchHistory()
  const copied = events?.flatMap(
    ({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) =>
      accepted?.acceptedRequest?.input?.args?.payloads ?? [],
  )[0]
  expect(copied).toBeTruthy()

  await second.outside.signal('override', RawValue.fromPayload(copied as Payload))
  await until(async () => (await refusals(second.id)).length === 1)

  expect(await refusals(second.id)).toEqual([notSealed])
  expect(await world.statusOf(second.id)).toBe('pending')
})

test('a seal without a workflow counts until its end', async () => {
  const { id, manager, outside } = await scene()
  const message = { by: manager.id, decision: 'approve' }
  const at = (ms: number) => ({ until: new Date(Date.now() + ms).toISOString() })

  await outside.signal('decide', await sealedBy(testKeys, message, at(-1000)))
  await until(async () => (await refusals(id)).length === 1)
  expect(await world.statusOf(id)).toBe('pending')
  await outside.signal('decide', await sealedBy(testKeys, message, at(60_000)))

  await until(async () => (await world.statusOf(id)) === 'approved')
})

test('the directory is looked at again for whoever asks: nobody decides by that', async () => {
  const { id, requester, outside } = await scene()
  await world.db.execute(`update users set manager_id = null where id = '${requester.id}'`)

  await outside.signal('directoryChanged', {})

  await until(async () => (await world.statusOf(id)) === 'missing_data')
  expect(await refusals(id)).toEqual([])
})

test('revoke and extend of a grant are signals of that kind too', async () => {
  const { requester } = await scene()
  const admin = await world.addUser({ roles: ['admin'] })
  const flow = await world.offer({ approvalType: 'automatic', approvers: [], durations: ['P5D'] })
  const id = await world.ask(requester.id, flow.id, 'P5D')
  await until(async () => (await world.statusOf(id)) === 'approved')
  const grantId = (await world.grantOf(id))?.id ?? ''
  const workflowId = `access-grant/${grantId}`
  const grant = outsider.workflow.getHandle(workflowId)
  await until(() =>
    grant.describe().then(
      () => true,
      () => false,
    ),
  )
  const later = new Date(Date.now() + 20 * 24 * 60 * 60 * 1000).toISOString()
  const extension = await sealedBy(testKeys, { by: admin.id, until: later }, { workflowId, name: 'extend' })

  await grant.signal('revoke', { by: admin.id })
  await grant.signal('extend', extension)
  // The extension, used for what it was not made for.
  await grant.signal('revoke', extension)
  await until(async () => Date.parse((await world.grantOf(id))?.expiresAt ?? '') === Date.parse(later))

  expect((await world.grantOf(id))?.endedAt).toBeNull()
  expect(new Set(await refusals(id))).toEqual(new Set([notSealed]))
  await grant.signal('revoke', await sealedBy(testKeys, { by: admin.id }, { workflowId, name: 'revoke' }))
  await until(async () => (await world.grantOf(id))?.endedAt !== null)
  const made = (await world.auditOf(id)).filter(({ initiatedById, success }) => initiatedById === admin.id && success)
  expect(made.map(({ initiatedByType }) => initiatedByType)).toEqual(['signal', 'signal', 'signal'])
})
