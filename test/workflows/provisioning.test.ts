/** Giving access: at once, refused, away for a while, and what is said meanwhile. */
import { describe, expect, test } from 'vitest'
import { ConnectorError } from '../../src/domain/shared/connector-error.ts'
import { refusal, until } from '../support/test-server.ts'
import { useTestServer } from '../support/use-test-server.ts'

const { startTestWorker } = useTestServer()
const away = () => {
  throw new ConnectorError('The system does not answer.', { retryable: true })
}
const refused = () => {
  throw new ConnectorError('The system knows no such group.', { retryable: false })
}

async function scene({ remote = false } = {}) {
  const on = await startTestWorker()
  const admin = on.company.addUser({ name: 'Ada', isAdministrator: true })
  const requester = on.company.addUser()
  const submit = (asked = {}) => on.submit(requester, { connectorId: remote ? 'c0ffee' : null, ...asked })
  return { on, admin, requester, submit }
}

/** Access is being given until the returned function is called; then it works, or `end` fails it. */
function hold(
  on: Awaited<ReturnType<typeof scene>>['on'],
  what: 'give' | 'commit' = 'give',
  end: () => void = () => undefined,
): () => void {
  let release = () => undefined as void
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  on.faults[what] = () => released.then(end)
  return release
}

describe('an automatic request', () => {
  test('is granted at once, without an approver', async () => {
    const { on, submit } = await scene()

    const request = await submit({ type: 'automatic' })

    expect(await request.end()).toBe('approved')
    expect(on.row(request.id)).toMatchObject({ status: 'approved', decision: { by: null, override: false }, steps: [] })
    expect(on.log).toEqual(['access given', 'approved'])
  })

  test('whose connector refuses is in error, and an administrator may deny it', async () => {
    const { on, admin, submit } = await scene()
    on.faults.give = refused
    const request = await submit({ type: 'automatic', connectorId: 'c0ffee' })
    await until(() => on.row(request.id).status === 'error')

    expect(await request.override({ by: admin, decision: 'deny', reason: 'Not now.' })).toMatchObject({
      status: 'denied',
    })
    expect(await request.end()).toBe('denied')
  })
})

describe('a connector', () => {
  test('that fails five times makes an error a person can act on, and a new grant tries again', async () => {
    const { on, admin, submit } = await scene({ remote: true })
    on.faults.give = away
    const request = await submit()

    const answer = request.override({ by: admin, decision: 'grant' })
    await on.env.sleep('5 minutes')
    expect(await answer).toMatchObject({ status: 'error' })
    expect(on.attempts('give')).toBe(5)
    expect(on.row(request.id)).toMatchObject({
      status: 'error',
      provisioning: null,
      decision: null,
      error: { message: 'The system does not answer.', attempts: 5 },
    })

    on.faults.give = undefined
    expect(await request.override({ by: admin, decision: 'grant' })).toMatchObject({ status: 'approved' })
    expect(on.row(request.id)).toMatchObject({ error: null, grant: { expiresAt: null } })
    expect(await request.end()).toBe('approved')
    expect(on.log).toEqual(['overridden', 'failed', 'overridden', 'asked c0ffee to give', 'access given', 'approved'])
  })

  test('that refuses is not asked again', async () => {
    const { on, admin, submit } = await scene({ remote: true })
    on.faults.give = refused
    const request = await submit()

    expect(await request.override({ by: admin, decision: 'grant' })).toMatchObject({ status: 'error' })

    expect(on.attempts('give')).toBe(1)
    expect(on.row(request.id).error).toMatchObject({ message: 'The system knows no such group.', attempts: 1 })
    await request.override({ by: admin, decision: 'deny', reason: 'It cannot be given.' })
    expect(on.row(request.id)).toMatchObject({ status: 'denied', error: null })
    expect(await request.end()).toBe('denied')
  })

  test('that recovers in time is no error', async () => {
    const { on, admin, submit } = await scene({ remote: true })
    on.faults.give = (attempt) => (attempt < 3 ? away() : undefined)
    const request = await submit()

    const answer = request.override({ by: admin, decision: 'grant' })
    await on.env.sleep('1 minute')

    expect(await answer).toMatchObject({ status: 'approved' })
    expect(await request.end()).toBe('approved')
  })

  test('a group that is gone is an error at once as well', async () => {
    const { on, admin, submit } = await scene()
    on.company.target.groupName = null
    const request = await submit()

    expect(await request.override({ by: admin, decision: 'grant' })).toMatchObject({ status: 'error' })
    expect(on.attempts('give')).toBe(0)
    await request.signal('flowClosed', { cause: 'deleted' })
    expect(await request.end()).toBe('canceled')
  })

  test('our own database being away only delays the grant', async () => {
    const { on, admin, submit } = await scene()
    on.faults.commit = (attempt) => {
      if (attempt <= 5) throw new Error('connection refused')
    }
    const request = await submit()

    const answer = request.override({ by: admin, decision: 'grant' })
    await on.env.sleep('1 minute')

    expect(await answer).toMatchObject({ status: 'approved' })
    expect(on.row(request.id).error).toBeNull()
    expect(await request.end()).toBe('approved')
  })
})

test('a request in error expires 30 days after the failure', async () => {
  const { on, admin, submit } = await scene({ remote: true })
  on.faults.give = refused
  const request = await submit()
  await on.env.sleep('10 days')
  await request.override({ by: admin, decision: 'grant' })

  expect(await request.end()).toBe('expired')
  const { createdAt, decision } = on.row(request.id)
  expect((Date.parse(decision?.at ?? '') - Date.parse(createdAt)) / 86_400_000).toBeCloseTo(40, 2)
})

describe('messages that arrive while access is given', () => {
  test('by another system: a decision is refused at once, and the deletion of the flow comes too late', async () => {
    const { on, admin, requester, submit } = await scene({ remote: true })
    const release = hold(on)
    const request = await submit()
    const granted = request.override({ by: admin, decision: 'grant' })
    await until(() => on.attempts('give') === 1)

    expect(on.row(request.id)).toMatchObject({ status: 'pending', provisioning: { by: { id: admin } } })
    expect((await refusal(request.override({ by: admin, decision: 'deny', reason: 'No.' }))).code).toBe(
      'decision_in_progress',
    )
    expect((await refusal(request.withdraw({ by: requester }))).code).toBe('decision_in_progress')
    await request.signal('flowClosed', { cause: 'deleted' })
    await request.signal('override', { by: admin, decision: 'deny', reason: 'No.' })
    release()

    expect(await granted).toMatchObject({ status: 'approved' })
    expect(await request.end()).toBe('approved')
    expect(on.log).toEqual([
      'overridden',
      'asked c0ffee to give',
      'access given',
      'approved',
      'refused override: request_closed',
    ])
  })

  test('that then fails: the deletion of the flow cancels the request', async () => {
    const { on, admin, submit } = await scene({ remote: true })
    const release = hold(on, 'give', refused)
    const request = await submit()
    const granted = request.override({ by: admin, decision: 'grant' })
    await until(() => on.attempts('give') === 1)
    await request.signal('flowClosed', { cause: 'disabled' })
    release()

    expect(await granted).toMatchObject({ status: 'error' })
    expect(await request.end()).toBe('canceled')
    expect(on.log).toEqual(['overridden', 'failed', 'canceled', 'asked c0ffee to take back'])
  })

  test('by our own directory: a second decision waits and is told who won', async () => {
    const { on, admin, submit } = await scene()
    const other = on.company.addUser({ isAdministrator: true })
    const release = hold(on, 'commit')
    const request = await submit()
    const granted = request.override({ by: admin, decision: 'grant' })
    await until(() => on.attempts('commit') === 1)
    const denied = refusal(request.override({ by: other, decision: 'deny', reason: 'No.' }))
    await new Promise((resolve) => setTimeout(resolve, 300))
    release()

    expect(await granted).toMatchObject({ status: 'approved' })
    expect(await denied).toMatchObject({ code: 'request_closed', message: expect.stringContaining('by Ada') })
    expect(await request.end()).toBe('approved')
  })
})

describe('what a connector may have done although it did not say so', () => {
  test('is taken back when the request is denied, for as long as the system stays away', async () => {
    const { on, admin, submit } = await scene({ remote: true })
    on.faults.give = away
    const request = await submit()
    await request.override({ by: admin, decision: 'grant' })
    on.faults.remove = (attempt) => (attempt <= 3 ? away() : undefined)

    const denied = await request.override({ by: admin, decision: 'deny', reason: 'Not now.' })
    const late = await refusal(request.override({ by: admin, decision: 'grant' }))

    expect(denied).toMatchObject({ status: 'denied' })
    expect(late.code).toBe('request_closed')
    expect(await request.end()).toBe('denied')
    expect(on.log).toEqual(['overridden', 'failed', 'overridden', 'denied', 'asked c0ffee to take back'])
  })

  test('is kept when a later grant succeeds', async () => {
    const { on, admin, submit } = await scene({ remote: true })
    on.faults.give = refused
    const request = await submit()
    await request.override({ by: admin, decision: 'grant' })
    on.faults.give = undefined

    await request.override({ by: admin, decision: 'grant' })

    expect(await request.end()).toBe('approved')
    expect(on.log).not.toContain('asked c0ffee to take back')
  })
})

test('our own database being away while a connector is asked makes no error', async () => {
  const { on, admin, submit } = await scene({ remote: true })
  const lost = Object.assign(new Error('Failed query: select secret'), { query: 'select secret', params: [] })
  on.faults.give = (attempt) => {
    if (attempt <= 7) throw lost
  }
  const request = await submit()

  const answer = request.override({ by: admin, decision: 'grant' })
  await on.env.sleep('10 minutes')

  expect(await answer).toMatchObject({ status: 'approved' })
  expect(await request.end()).toBe('approved')
  expect(on.log).toEqual(['overridden', 'asked c0ffee to give', 'access given', 'approved'])
})
