/** Who guesses passwords gets few of them judged, and stands in nobody else's way. */
import { eq, like, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { knownDevices } from '../../src/features/sessions/known-devices.table.ts'
import { rateLimits } from '../../src/features/sessions/rate-limits.table.ts'
import { mails } from '../../src/platform/mail/mail.table.ts'
import { createPasswords, type Passwords } from '../../src/platform/secrets/passwords.ts'
import type { TestApp } from '../support/app.ts'
import { administrator, startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aUser, password, unique } from '../support/directory.ts'

const wrong = 'a wrong password'
/** A wrong one that is judged only when the test says so. */
const held = 'a password that is held'

let app: TestApp
let admin: Client
let judged = 0
let letGo: () => void = () => undefined
let letting: Promise<void> = Promise.resolve()

/** Real passwords in real turns; what is certainly wrong costs no hash, so that a hundred guesses are quick. */
function counted(real: Passwords): Passwords {
  return {
    ...real,
    async verify(hash, guess) {
      judged += 1
      if (guess === held) await letting
      return guess === wrong || guess === held ? false : real.verify(hash, guess)
    },
  }
}

const from = (address: string) => ({ 'x-forwarded-for': address })
const guess = (email: string, address: string, client = app.client()) => client.signIn(email, wrong, from(address))
const statusesOf = (answers: { status: number }[]) => answers.map(({ status }) => status)

async function guessOften(count: number, next: (i: number) => ReturnType<typeof guess>) {
  const answers = []
  for (let i = 0; i < count; i++) answers.push(await next(i))
  return answers
}

/** As if nobody had tried this account for so long. */
const later = (seconds: number) =>
  app.db
    .update(rateLimits)
    .set({ expire: sql`${rateLimits.expire} - make_interval(secs => ${seconds})` })
    .where(like(rateLimits.key, 'sign-in-account:%'))

beforeAll(async () => {
  app = await startTestApp({ passwords: counted(createPasswords({ atOnce: 2 })) })
  admin = await app.signIn()
})
beforeEach(async () => {
  await app.db.delete(rateLimits)
  judged = 0
})
afterAll(() => app.close())

describe('many guesses at once', () => {
  test('of sixty for one account only ten are judged', async () => {
    const wide = await startTestApp({ passwords: counted(createPasswords({ atOnce: 61 })) })
    const { email } = await aUser(await wide.signIn(), { password })
    judged = 0

    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) => wide.client().signIn(email, i === 59 ? password : wrong, from('192.0.2.1'))),
    )

    expect(judged).toBeLessThanOrEqual(10)
    expect(statusesOf(answers).filter((status) => status === 429).length).toBeGreaterThanOrEqual(50)
    for (const { status, headers, body } of answers.filter(({ status }) => status === 429))
      expect([body.code, Number(headers.get('retry-after')) > 0, status]).toEqual(['too_many_requests', true, 429])
    await wide.close()
  })

  test('of a hundred and fifty strangers few wait, the rest hear so at once, and nobody else does', async () => {
    const known = app.client()
    const { email } = await aUser(admin, { password })
    await known.signIn(email, password)
    letting = new Promise((resolve) => {
      letGo = resolve
    })
    let refused = 0

    const flood = Array.from({ length: 150 }, async (_, i) => {
      const answer = await app.client().signIn(`stranger-${i}@example.test`, held, from(`198.51.100.${i}`))
      if (answer.status === 429) refused += 1
      return answer
    })
    await expect.poll(() => refused, { timeout: 30_000 }).toBe(150 - 17)

    // While one stranger is judged for ever and sixteen wait.
    expect((await admin.get('/me')).status).toBe(200)
    expect((await known.signIn(email, password)).status).toBe(200)
    expect(
      (
        await admin.post('/users', {
          name: unique('New'),
          email: `${unique('new')}@example.test`.replace(' ', '-'),
          password,
        })
      ).status,
    ).toBe(201)
    letGo()
    expect(statusesOf(await Promise.all(flood)).filter((status) => status === 401)).toHaveLength(17)
  })
})

describe('an account that is guessed at from everywhere', () => {
  test('has few of forty guesses judged, and its owner gets one mail', async () => {
    const user = await aUser(admin, { password })

    const answers = await guessOften(40, (i) => guess(user.email, `203.0.113.${i + 1}`))

    expect(statusesOf(answers).slice(0, 10)).toEqual(Array(10).fill(401))
    expect(judged).toBeLessThan(20)
    const sent = await app.db.select().from(mails).where(eq(mails.recipientId, user.id))
    expect(sent).toMatchObject([
      {
        kind: 'sign_in_failures',
        recipientEmail: user.email,
        data: { email: user.email, failures: 10, clientIp: '203.0.113.10' },
      },
    ])
  })

  test('waits longer after each failure, at most a quarter of an hour', async () => {
    const { email } = await aUser(admin, { password })
    const waits = []
    await guessOften(10, (i) => guess(email, `203.0.113.${i}`))
    for (let i = 0; i < 12; i++) {
      await later(-1000) // not yet
      const refused = await guess(email, `198.51.100.${i}`)
      waits.push(Number(refused.headers.get('retry-after')) - 1000)
      await later(2000)
      expect([refused.status, (await guess(email, `198.51.100.${i}`)).status]).toEqual([429, 401])
    }

    for (const [i, wait] of waits.entries()) {
      const wanted = Math.min(2 ** i, 900)
      expect(wait).toBeLessThanOrEqual(wanted)
      expect(wait).toBeGreaterThan(wanted - 30)
    }
  })

  test('is as it was when nobody has failed for an hour', async () => {
    const { email } = await aUser(admin, { password })
    await guessOften(10, (i) => guess(email, `203.0.113.${i}`))

    await later(3600)

    const answers = await guessOften(10, (i) => guess(email, `198.51.100.${i}`))
    expect(statusesOf(answers)).toEqual(Array(10).fill(401))
  })

  test('that does not exist is answered alike, and nobody is mailed', async () => {
    const answers = await guessOften(12, (i) => guess('nobody@example.test', `203.0.113.${i}`))

    expect(statusesOf(answers).slice(0, 10)).toEqual(Array(10).fill(401))
    expect(await app.db.select().from(mails).where(eq(mails.recipientEmail, 'nobody@example.test'))).toEqual([])
  })

  test('lets its owner in from a device they know', async () => {
    const { email } = await aUser(admin, { password })
    const known = app.client()
    await known.signIn(email, password)
    await guessOften(12, (i) => guess(email, `203.0.113.${i}`))
    await later(-1000)

    expect((await app.client().signIn(email, password, from('198.51.100.9'))).status).toBe(429)
    expect((await known.signIn(email, password, from('198.51.100.9'))).status).toBe(200)
  })
})

describe('an address that others have used up', () => {
  const office = '203.0.113.200'

  test('lets in whoever has signed in from this device before, and no stranger', async () => {
    const { email } = await aUser(admin, { password })
    const known = app.client()
    await known.signIn(email, password, from(office))
    const answers = await guessOften(101, (i) => guess(`nobody-${i}@example.test`, office))

    expect([statusesOf(answers)[99], statusesOf(answers)[100]]).toEqual([401, 429])
    expect((await app.client().signIn(email, password, from(office))).status).toBe(429)
    expect((await known.signIn(email, password, from(office))).status).toBe(200)
    expect((await known.signIn(administrator.email, administrator.password, from(office))).status).toBe(429)
  })

  test('is a whole /64 of IPv6', async () => {
    await guess('nobody@example.test', '2001:db8:1:2:3:4:5:6')
    await guess('nobody@example.test', '2001:db8:1:2:ffff::1')

    const rows = await app.db.select().from(rateLimits).where(like(rateLimits.key, 'sign-in-address:%'))
    expect(rows).toMatchObject([{ key: 'sign-in-address:2001:db8:1:2::/64', points: 2 }])
  })
})

describe('a device that its owner has signed in from', () => {
  test('has a year and a token of its own, which changes with each sign-in and is not in the database', async () => {
    const client = app.client()
    const deviceOf = (answer: { headers: Headers }) => answer.headers.getSetCookie()[1] ?? ''

    const first = deviceOf(await client.signIn(administrator.email, administrator.password))
    const second = deviceOf(await client.signIn(administrator.email, administrator.password))

    expect(first).toMatch(/^gatehouse_device=[\w-]{43}; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/)
    expect(second).not.toBe(first)
    const kept = await app.db.execute<{ hash: string }>(
      sql`select encode(token_hash, 'escape') as hash from known_devices`,
    )
    for (const { hash } of kept) expect(hash).not.toContain(second.slice(17, 60))
  })

  test('has ten guesses as well, which no other account that it knows renews', async () => {
    const [one, other] = [await aUser(admin, { password }), await aUser(admin, { password })]
    const shared = app.client()
    await shared.signIn(one.email, password)
    await shared.signIn(other.email, password)

    const first = await guessOften(10, () => guess(one.email, '203.0.113.9', shared))
    expect((await shared.signIn(other.email, password)).status).toBe(200)
    const next = await guess(one.email, '203.0.113.9', shared)

    expect([...statusesOf(first), next.status]).toEqual([...Array(10).fill(401), 429])
    expect((await app.client().signIn(one.email, password)).status).toBe(200)
  })

  test('is known for a year, and among the fifty that signed in last', async () => {
    const user = await aUser(admin, { password })
    const client = app.client()
    await client.signIn(user.email, password)
    await app.db.update(knownDevices).set({ signedInAt: sql`now() - interval '366 days'` })
    await app.db.execute(sql`insert into known_devices (id, token_hash, user_id)
      select gen_random_uuid(), sha256(n::text::bytea), ${user.id}::uuid from generate_series(1, 60) as n`)
    await guessOften(10, (i) => guess(user.email, `203.0.113.${i}`))
    await later(-1000)

    expect((await client.signIn(user.email, password)).status).toBe(429)
    await later(2000)
    expect((await client.signIn(user.email, password)).status).toBe(200)
    expect(await app.db.$count(knownDevices, eq(knownDevices.userId, user.id))).toBe(50)
  })

  test('cannot be made up', async () => {
    const { email } = await aUser(admin, { password })
    const cookie = `gatehouse_device=${'x'.repeat(43)}`
    await guessOften(10, (i) => guess(email, `203.0.113.${i}`))
    await later(-1000)

    const answer = await app
      .client()
      .send('POST', '/session', { body: { email, password }, headers: { ...from('198.51.100.1'), cookie } })

    expect(answer.status).toBe(429)
  })
})
