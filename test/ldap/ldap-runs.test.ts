/** Runs of a directory server by Temporal: on a schedule and on demand, and what is left of them. */
import { ScheduleNotFoundError } from '@temporalio/client'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Operation } from '../../src/domain/operation.ts'
import { sourceWorkflowId } from '../../src/domain/shared/workflow-ids.ts'
import { findRun } from '../../src/features/directory/ldap/ldap.repository.ts'
import { ldapSettings } from '../../src/features/directory/ldap/ldap.settings.ts'
import { entry, peopleBase, reader, type Slapd, startSlapd } from '../support/slapd.ts'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'
import { openService, type TestService } from '../support/worker-service.ts'

let world: TestService
let server: Slapd
let proxy: TcpProxy
let sourceId: string
let operation: () => Operation

beforeAll(async () => {
  const ada = { objectClass: 'inetOrgPerson', cn: 'Ada', sn: 'Ada', mail: 'ada@company.test' }
  server = await startSlapd(entry(`uid=ada,${peopleBase}`, ada))
  proxy = await startTcpProxy({ host: '127.0.0.1', port: server.port })
  world = await openService()
  const { id, name, email } = await world.addUser({ roles: ['admin'] })
  operation = () => ({ actor: { id, name, email, roles: ['admin'] }, origin: {}, operationId: uuidv7() })
  const source = await world.modules.directory.sources.create(operation(), { name: 'LDAP', kind: 'ldap' })
  sourceId = source.id
})
afterAll(async () => {
  await world?.close()
  await proxy?.close()
  await server?.stop()
})

const ldap = () => world.modules.directory.ldap
const settings = (everyMinutes: number, more: object = {}) =>
  ldapSettings.parse({
    directory: 'openldap',
    url: `ldap://127.0.0.1:${proxy.port}`,
    bindDn: reader.dn,
    peopleBase,
    everyMinutes,
    ...more,
  })
const wanted = { dryRun: false, full: false, confirmLeaving: false }
const schedule = () => world.client.schedule.getHandle(sourceWorkflowId(sourceId))

async function ended(id: string) {
  await expect.poll(async () => (await findRun(world.db, sourceId, id))?.outcome, { timeout: 60_000 }).not.toBeNull()
  return findRun(world.db, sourceId, id)
}

test('a source that is not set up cannot be read', async () => {
  const refusal = await ldap()
    .run(operation(), sourceId, wanted)
    .catch((error: Error) => error)

  expect(refusal).toMatchObject({ code: 'conflict', details: { current: 'not_set_up' } })
})

test('setting it up makes a schedule, which follows the settings', async () => {
  await ldap().setUp(operation(), sourceId, { settings: settings(60), bindPassword: reader.password })
  const first = await schedule().describe()
  await ldap().setUp(operation(), sourceId, { settings: settings(15) })
  const second = await schedule().describe()

  expect([first, second].map(({ spec }) => spec.intervals?.[0]?.every)).toEqual([3_600_000, 900_000])
})

test('another address or bind DN asks for the password once more', async () => {
  const refusal = await ldap()
    .setUp(operation(), sourceId, { settings: settings(15, { url: 'ldap://127.0.0.1:1' }) })
    .catch((error: Error) => error)

  expect(refusal).toMatchObject({ details: { errors: [{ path: 'bindPassword', code: 'required' }] } })
})

test('somebody looks first, and then reads it', async () => {
  const look = await ended((await ldap().run(operation(), sourceId, { ...wanted, dryRun: true })).id)
  const run = await ended((await ldap().run(operation(), sourceId, wanted)).id)

  expect(look).toMatchObject({ isDryRun: true, outcome: 'done', result: { created: 1 } })
  expect(run).toMatchObject({ isDryRun: false, mode: 'full', outcome: 'done', result: { created: 1, left: 0 } })
})

test('the schedule reads it as well', async () => {
  await schedule().trigger()

  await expect
    .poll(async () => (await schedule().describe()).info.recentActions.length, { timeout: 30_000 })
    .toBeGreaterThan(0)
  const [action] = (await schedule().describe()).info.recentActions
  const { workflowId, firstExecutionRunId } = action?.action.workflow ?? { workflowId: '', firstExecutionRunId: '' }
  await world.client.workflow.getHandle(workflowId).result()
  expect(await findRun(world.db, sourceId, firstExecutionRunId)).toMatchObject({
    mode: 'changes',
    outcome: 'done',
    result: { unchanged: 1 },
  })
})

test('a server that stays away is told of, and the next run is not kept from coming', async () => {
  proxy.cut()
  const failed = await ended((await ldap().run(operation(), sourceId, wanted)).id)
  proxy.restore()
  const run = await ended((await ldap().run(operation(), sourceId, wanted)).id)

  expect(failed).toMatchObject({
    outcome: 'failed',
    error: expect.stringContaining('The directory server was not read: it'),
  })
  expect(run?.outcome).toBe('done')
}, 120_000)

test('a schedule goes with its source, also when Temporal was away then', async () => {
  await world.modules.directory.sources.delete(operation(), sourceId)
  await ldap().align()

  await expect
    .poll(async () => {
      await ldap().align()
      return schedule()
        .describe()
        .then(
          () => 'there',
          (error: unknown) => error instanceof ScheduleNotFoundError,
        )
    })
    .toBe(true)
})
