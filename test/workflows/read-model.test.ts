/** Our own database away: decisions wait for it and none is lost, and what stands in the row is what counts. */
import { expect, test } from 'vitest'
import { refusal, until } from '../support/test-server.ts'
import { useTestServer } from '../support/use-test-server.ts'

const { startTestWorker } = useTestServer()
const away = () => {
  throw new Error('connection refused')
}

async function scene() {
  const on = await startTestWorker()
  const admin = on.company.addUser({ isAdministrator: true })
  return { on, admin, submit: () => on.submit(on.company.addUser()) }
}

test('a decision made while the database is away is carried out when it is back, once', async () => {
  const { on, admin, submit } = await scene()
  const request = await submit()
  on.faults.commit = (attempt) => (attempt <= 5 ? away() : undefined)

  const answer = request.override({ by: admin, decision: 'grant' })
  await until(() => on.attempts('commit') >= 3)
  await on.env.sleep('1 minute')

  expect(await answer).toEqual({ status: 'approved', version: 2 })
  expect(await request.end()).toBe('approved')
  expect(on.log).toEqual(['access given', 'overridden', 'approved'])
})

test('a commit whose answer is lost is not made a second time', async () => {
  const { on, admin, submit } = await scene()
  const request = await submit()
  on.faults.committed = (attempt) => (attempt <= 2 ? away() : undefined)

  const answer = await request.override({ by: admin, decision: 'grant' })

  expect(answer).toEqual({ status: 'approved', version: 2 })
  expect(await request.end()).toBe('approved')
  expect(on.log).toEqual(['access given', 'overridden', 'approved'])
})

test('a refusal whose answer is lost is the same refusal, written down once', async () => {
  const { on, admin, submit } = await scene()
  const request = await submit()
  on.faults.committed = (attempt) => (attempt <= 2 ? away() : undefined)

  await request.signal('override', { by: on.company.addUser(), decision: 'grant' })
  await until(() => on.attempts('committed') >= 3)
  await request.override({ by: admin, decision: 'deny', reason: 'No.' })

  expect(await request.end()).toBe('denied')
  expect(on.log).toEqual(['refused override: not_an_administrator', 'overridden', 'denied'])
})

test('decisions that wait for the database are carried out in order, and the one that comes too late is told who won', async () => {
  const { on, admin, submit } = await scene()
  const other = on.company.addUser({ isAdministrator: true })
  const request = await submit()
  on.faults.commit = (attempt) => (attempt <= 5 ? away() : undefined)

  const denied = request.override({ by: admin, decision: 'deny', reason: 'No.' })
  await until(() => on.attempts('commit') >= 1)
  const granted = refusal(request.override({ by: other, decision: 'grant' }))
  await on.env.sleep('1 minute')

  expect(await denied).toMatchObject({ status: 'denied' })
  expect((await granted).code).toBe('request_closed')
  expect(await request.end()).toBe('denied')
  expect(on.log).toEqual(['overridden', 'denied'])
})

test('a database that hangs holds a decision up for a moment only', async () => {
  const { on, admin, submit } = await scene()
  const request = await submit()
  on.faults.commit = (attempt) =>
    attempt === 1 ? new Promise((_, reject) => setTimeout(() => reject(new Error('too late')), 2500)) : undefined

  const began = Date.now()
  await request.override({ by: admin, decision: 'deny', reason: 'No.' })

  expect(Date.now() - began).toBeLessThan(6000)
  expect(await request.end()).toBe('denied')
  expect(on.log).toEqual(['overridden', 'denied'])
})

test('a user nobody knows decides nothing', async () => {
  const { on, admin, submit } = await scene()
  const request = await submit()

  expect(
    (await refusal(request.override({ by: '00000000-0000-7000-8000-00000000dead', decision: 'grant' }))).code,
  ).toBe('forbidden')

  await request.override({ by: admin, decision: 'deny', reason: 'No.' })
  expect(await request.end()).toBe('denied')
  expect(on.log).toEqual(['overridden', 'denied'])
})
