/** The read model away: decisions are answered, rows come later, nothing is lost. */
import { expect, test } from 'vitest'
import { useWorld } from '../support/use-world.ts'
import { refusal, until } from '../support/workflow-world.ts'

const { stage } = useWorld()
const away = () => {
  throw new Error('connection refused')
}

async function scene() {
  const on = await stage()
  const admin = on.company.hire({ isAdministrator: true })
  return { on, admin, submit: () => on.submit(on.company.hire()) }
}

test('a decision is answered while the read model is away, and its row comes when it is back', async () => {
  const { on, admin, submit } = await scene()
  const request = await submit()
  on.faults.record = away

  const began = Date.now()
  const answer = await request.override({ by: admin, decision: 'grant' })
  const took = Date.now() - began

  expect(answer).toMatchObject({ status: 'approved' })
  expect(took).toBeLessThan(2000)
  expect(on.row(request.id).version).toBe(1)
  on.faults.record = undefined
  expect(await request.end()).toBe('approved')
  expect(on.row(request.id)).toMatchObject({ status: 'approved', version: answer.version })
  expect(on.log).toEqual(['access given', 'overridden', 'approved'])
})

test('a read model that hangs does not hold the answer for long', async () => {
  const { on, admin, submit } = await scene()
  const request = await submit()
  on.faults.record = () => new Promise((_, reject) => setTimeout(() => reject(new Error('too late')), 2500))

  const began = Date.now()
  await request.override({ by: admin, decision: 'deny', reason: 'No.' })

  expect(Date.now() - began).toBeLessThan(5000)
  on.faults.record = undefined
  expect(await request.end()).toBe('denied')
  expect(on.row(request.id).status).toBe('denied')
})

test('an older row that comes late changes nothing', async () => {
  const on = await stage()
  const manager = on.company.hire()
  const owner = on.company.hire()
  const request = await on.submit(on.company.hire({ managerId: manager }), {
    approvers: [{ kind: 'manager' }, { kind: 'resource_owner', userId: owner }],
    requirement: 'all',
  })
  on.faults.record = (attempt) => (attempt <= 6 ? away() : undefined)

  await request.decide({ by: manager, decision: 'approve' })
  await request.decide({ by: owner, decision: 'deny', reason: 'No.' })

  expect(await request.end()).toBe('denied')
  expect(on.row(request.id)).toMatchObject({ status: 'denied', version: 3 })
  expect([...on.log].sort()).toEqual(['denied', 'step_decided', 'step_decided'])
})

test('the refusal of a message that came too late is written down, however late', async () => {
  const { on, admin, submit } = await scene()
  const request = await submit()
  on.faults.record = (attempt) => (attempt <= 9 ? away() : undefined)

  await Promise.all([
    request.signal('override', { by: admin, decision: 'grant' }),
    request.signal('override', { by: admin, decision: 'deny', reason: 'No.' }),
  ])

  const end = await request.end()
  expect(on.row(request.id).status).toBe(end)
  expect(on.log).toContain('refused override: request_closed')
})

test('a directory that is away delays a decision and never fails it', async () => {
  const { on, admin, submit } = await scene()
  const request = await submit()
  on.faults.look = (attempt) => (attempt <= 5 ? away() : undefined)

  const answer = request.override({ by: admin, decision: 'grant' })
  await until(() => on.attempts('look') >= 3)
  await on.env.sleep('1 minute')

  expect(await answer).toMatchObject({ status: 'approved' })
  expect(await request.end()).toBe('approved')
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
