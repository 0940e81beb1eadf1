/** Timed access: it ends on time, whatever was down, and administrators end or extend it. */
import { randomUUID } from 'node:crypto'
import { WithStartWorkflowOperation } from '@temporalio/client'
import { describe, expect, test } from 'vitest'
import type { AccessGrant } from '../../src/domain/grant/record.ts'
import type { Grant } from '../../src/domain/request/record.ts'
import { ConnectorError } from '../../src/domain/shared/connector-error.ts'
import { accessGrantWorkflowId } from '../../src/domain/shared/workflow-ids.ts'
import * as messages from '../../workflows/access-grant.messages.ts'
import type { accessGrant } from '../../workflows/access-grant.workflow.ts'
import { idOf } from '../support/company.ts'
import { refusal, until } from '../support/test-server.ts'
import { useTestServer } from '../support/use-test-server.ts'

const { startTestWorker } = useTestServer('time-skipping', { eachItsOwn: true })
const day = 24 * 60 * 60 * 1000

async function scene({ days = 10 as number | null, connectorId = null as string | null } = {}) {
  const on = await startTestWorker()
  const admin = on.company.addUser({ isAdministrator: true })
  const user = { id: on.company.addUser(), name: 'Rita', email: 'rita@example.test' }
  const startedAt = await on.now()
  const expiresAt = days === null ? null : new Date(Date.parse(startedAt) + days * day).toISOString()
  const grant: AccessGrant = {
    id: randomUUID(),
    accessRequestId: idOf(1),
    flowId: idOf(2),
    flowName: 'VPN',
    user,
    groupId: idOf(3),
    connectorId,
    startedAt,
    expiresAt,
    version: 1,
    carriedOut: [],
    end: null,
    endedAt: null,
  }
  on.keepGrant(grant)
  const workflowId = accessGrantWorkflowId(grant.id)
  on.watch(workflowId)
  const options = { workflowId, taskQueue: on.taskQueue, args: [{ grant }] as [{ grant: AccessGrant }] }
  const at = (after: number) => new Date(Date.parse(startedAt) + after * day).toISOString()
  return {
    on,
    admin,
    user,
    grant,
    options,
    at,
    start: () => on.client.workflow.start<typeof accessGrant>('accessGrant', options),
  }
}

test('a request for ten days is taken away after ten days, and its user is told a day before', async () => {
  const on = await startTestWorker()
  const admin = on.company.addUser({ isAdministrator: true })
  const request = await on.submit(on.company.addUser(), { durations: ['P10D'] })

  await request.override({ by: admin, decision: 'grant' })
  expect(await request.end()).toBe('approved')
  const grant = on.given.get(request.id) as Grant
  const handle = on.client.workflow.getHandle<typeof accessGrant>(accessGrantWorkflowId(grant.id))
  on.watch(handle.workflowId)
  const { expiresAt } = grant
  expect(await handle.query(messages.grantStateQuery)).toMatchObject({ endedAt: null, grant: { expiresAt } })
  await handle.result()

  expect(on.log.slice(3)).toEqual([`end announced: ${expiresAt}`, 'end recorded'])
  expect(on.ends).toMatchObject([{ end: { by: null } }])
  expect(Date.parse(String(on.ends[0]?.end.at)) - Date.parse(grant.startedAt)).toBeCloseTo(10 * day, -5)
})

test('a duration the administrator has shortened is the one that counts', async () => {
  const on = await startTestWorker()
  const admin = on.company.addUser({ isAdministrator: true })
  const request = await on.submit(on.company.addUser(), { durations: ['P10D'] })

  await request.override({ by: admin, decision: 'grant', duration: 'PT30M' })
  await request.end()
  const grant = on.given.get(request.id)
  await on.client.workflow.getHandle(accessGrantWorkflowId(grant?.id ?? '')).result()

  expect(on.row(request.id)).toMatchObject({ requestedDuration: 'P10D', approvedDuration: 'PT30M' })
  expect(Date.parse(grant?.expiresAt ?? '') - Date.parse(grant?.startedAt ?? '')).toBe(30 * 60 * 1000)
  expect(on.log.slice(3)).toEqual(['end recorded'])
})

describe('an administrator', () => {
  test('revokes, and the answer comes when the access is gone', async () => {
    const { on, admin, start } = await scene()
    const handle = await start()

    const state = await handle.executeUpdate(messages.revokeUpdate, {
      args: [{ by: admin, origin: { clientIp: '10.0.0.1' } }],
    })

    expect(state.endedAt).not.toBeNull()
    expect(on.log).toEqual(['end recorded'])
    expect(on.ends[0]?.end).toMatchObject({ by: admin, origin: { clientIp: '10.0.0.1' } })
    await handle.result()
  })

  test('extends, and the access ends at the new time, announced again', async () => {
    const { on, admin, at, start } = await scene({ days: 3 })
    const handle = await start()
    await on.env.sleep('2.5 days')

    const state = await handle.executeUpdate(messages.extendUpdate, { args: [{ by: admin, until: at(20) }] })
    await handle.result()

    expect(state).toMatchObject({ endedAt: null, grant: { expiresAt: at(20) } })
    expect(on.log).toEqual([
      `end announced: ${at(3)}`,
      `extended until ${at(20)}`,
      `end announced: ${at(20)}`,
      'end recorded',
    ])
    expect(Date.parse(on.ends[0]?.end.at ?? '')).toBeGreaterThanOrEqual(Date.parse(at(20)))
  })

  test('revokes by signal', async () => {
    const { on, admin, start } = await scene()
    const handle = await start()

    await handle.signal('revoke', { by: admin })

    await handle.result()
    expect(on.ends[0]?.end.by).toBe(admin)
  })

  test('ends access without an end, whose workflow starts only then', async () => {
    const { on, admin, options } = await scene({ days: null })
    const start = new WithStartWorkflowOperation<typeof accessGrant>('accessGrant', {
      ...options,
      workflowIdConflictPolicy: 'USE_EXISTING',
    })

    const state = await on.client.workflow.executeUpdateWithStart(messages.revokeUpdate, {
      args: [{ by: admin }],
      startWorkflowOperation: start,
    })

    expect(state.endedAt).not.toBeNull()
    await on.client.workflow.getHandle(options.workflowId).result()
    expect(on.log).toEqual(['end recorded'])
  })
})

describe('is refused', () => {
  test('to anybody else, and what breaks a rule; the access stays', async () => {
    const { on, admin, user, at, start } = await scene()
    const other = on.company.addUser()
    const former = on.company.addUser({ isAdministrator: true, activated: false })
    const handle = await start()
    const revoke = (by: unknown) => refusal(handle.executeUpdate(messages.revokeUpdate, { args: [{ by } as never] }))
    const extend = (until: unknown) =>
      refusal(handle.executeUpdate(messages.extendUpdate, { args: [{ by: admin, until } as never] }))

    expect([
      (await revoke(other)).code,
      (await revoke(user.id)).code,
      (await revoke(former)).code,
      (await revoke('me')).code,
    ]).toEqual(['not_an_administrator', 'not_an_administrator', 'not_an_administrator', 'invalid_input'])
    expect([
      (await extend(at(5))).code,
      (await extend(at(-1))).code,
      (await extend(at(1000))).code,
      (await extend('later')).code,
    ]).toEqual(Array(4).fill('invalid_input'))
    expect(on.log).toEqual([])
    await handle.result()
    expect(on.ends[0]?.end.by).toBeNull()
  })

  test('and written down when it came as a signal', async () => {
    const { on, admin, start } = await scene()
    const handle = await start()

    await handle.signal('revoke', { by: on.company.addUser() })
    await handle.signal('revoke', 'nonsense')
    await handle.signal('extend', { by: admin, until: 'never' })
    await until(() => on.log.length >= 3)

    expect(on.log).toEqual([
      'refused revoke: not_an_administrator',
      'refused revoke: invalid_input',
      'refused extend: invalid_input',
    ])
    await handle.executeUpdate(messages.revokeUpdate, { args: [{ by: admin }] })
    await handle.result()
  })
})

describe('a connector that would not take access away', () => {
  const away = () => {
    throw new ConnectorError('The system does not answer.', { retryable: true })
  }

  test('for hours is asked again until it does', async () => {
    const { on, start, at } = await scene({ days: 1, connectorId: 'c0ffee' })
    on.faults.remove = (attempt) => (attempt <= 32 ? away() : undefined)
    const handle = await start()

    await handle.result()

    expect(on.attempts('remove')).toBe(33)
    const failures = on.log.filter((one) => one.startsWith('end failed'))
    expect(failures).toEqual(Array(6).fill('end failed: The system does not answer.'))
    expect(on.log.slice(-2)).toEqual(['asked c0ffee to take away', 'end recorded'])
    expect(Date.parse(on.ends[0]?.end.at ?? '') - Date.parse(at(1))).toBeLessThan(60_000)
  })

  test('refuses a revocation of what is being taken away already', async () => {
    const { on, admin, start } = await scene({ connectorId: 'c0ffee' })
    on.faults.remove = (attempt) => (attempt === 1 ? away() : undefined)
    const handle = await start()
    const first = handle.executeUpdate(messages.revokeUpdate, { args: [{ by: admin }] })
    await until(() => on.attempts('remove') === 1)

    expect((await refusal(handle.executeUpdate(messages.revokeUpdate, { args: [{ by: admin }] }))).code).toBe(
      'grant_ended',
    )

    await on.env.sleep('1 minute')
    expect((await first).endedAt).not.toBeNull()
    await handle.result()
    expect(on.log).toEqual(['asked c0ffee to take away', 'end recorded'])
  })
})

test('our own database being away when access ends only delays the record', async () => {
  const { on, start } = await scene({ days: 1 })
  on.faults.commit = (attempt) => {
    if (attempt <= 6) throw new Error('connection refused')
  }

  await (await start()).result()

  expect(on.log.filter((one) => !one.startsWith('end announced'))).toEqual(['end recorded'])
})
