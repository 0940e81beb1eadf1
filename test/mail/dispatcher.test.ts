import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { expect, test, vi } from 'vitest'
import { queueMails } from '../../src/platform/mail/mail.repository.ts'
import { aMail, aMailRequest, someFacts } from './builders.ts'
import {
  database,
  dispatch,
  inState,
  received,
  rows,
  secretBox,
  server,
  startAgain,
  useDispatching,
} from './dispatching.ts'

useDispatching()

test('a queued mail goes out at once and is written down as sent', async () => {
  dispatch({ pollMs: 60_000 })
  await new Promise((resolve) => setTimeout(resolve, 300))

  await queueMails(database.db, [aMail()])

  await received(1, 2_000)
  await inState('sent')
  const [mail] = server.received
  const [row] = await rows()
  expect(mail).toMatchObject({
    messageId: `<${row?.id}@access.example.com>`,
    subject: 'Your request for Payroll was received',
    text: expect.stringContaining('> Month end'),
    html: expect.stringContaining('Month end'),
  })
  expect(Object.fromEntries(mail?.headers ?? [])).toMatchObject({
    'x-gatehouse-mail-kind': 'request_submitted',
    'auto-submitted': 'auto-generated',
  })
})

test('names with quotes, commas and line breaks stay names', async () => {
  dispatch()

  await queueMails(database.db, [aMail({ name: 'Ruiz, "Ana"\r\nBcc: all@example.test' })])

  await received(1)
  const [mail] = server.received
  expect([mail?.to].flat().flatMap((to) => to?.value)).toEqual([
    { address: 'ana@example.test', name: 'Ruiz, "Ana" Bcc: all@example.test' },
  ])
  expect(mail?.from?.value).toEqual([{ address: 'access@example.com', name: 'Access, Team' }])
  expect(mail?.headers.has('bcc')).toBe(false)
  expect(server.asked).toEqual(['ana@example.test'])
})

test('a reason full of mail headers and markup arrives as text', async () => {
  const reason = 'Hi\r\n.\r\nQUIT\r\nBcc: all@example.test\r\n\r\n<script>alert(1)</script> 🔑 שלום'
  dispatch()

  await queueMails(database.db, [
    aMail({ data: { request: aMailRequest({ reason, flowName: 'A\r\nBcc: x@example.test' }), approvers: null } }),
  ])

  await received(1)
  const [mail] = server.received
  expect(mail?.headers.has('bcc')).toBe(false)
  expect(mail?.subject).toBe('Your request for A Bcc: x@example.test was received')
  expect(mail?.text).toContain('> Hi\n> .\n> QUIT\n> Bcc: all@example.test\n> \n> <script>alert(1)</script> 🔑 שלום')
  expect(mail?.html).not.toContain('<script>')
})

test('mail queued while no dispatcher ran goes out when one starts', async () => {
  await queueMails(
    database.db,
    Array.from({ length: 25 }, () => aMail()),
  )

  dispatch()

  await received(25)
  await inState('sent', 25)
  expect(new Set(server.received.map(({ messageId }) => messageId)).size).toBe(25)
})

test('several dispatchers send each mail once', async () => {
  await queueMails(
    database.db,
    Array.from({ length: 60 }, (_, index) => aMail({ email: `user${index}@example.test` })),
  )

  for (const _ of [1, 2, 3]) dispatch({ pollMs: 50 })

  await inState('sent', 60)
  expect(server.received).toHaveLength(60)
  expect(new Set(server.received.map(({ messageId }) => messageId)).size).toBe(60)
})

test('a mail that the server puts off once is sent a moment later, with the same Message-ID', async () => {
  server.refuse(451)
  await queueMails(database.db, [aMail()])

  dispatch()

  await received(1)
  await inState('sent')
  expect(await rows()).toMatchObject([{ attempts: 2, lastError: null }])
})

test('a recipient who is refused for good is written down as failed, and holds up nobody', async () => {
  server.refuse(550, { address: 'gone@example.test', times: 100 })
  await queueMails(database.db, [aMail({ email: 'gone@example.test' }), aMail({ email: 'ana@example.test' })])

  dispatch()

  await inState('failed')
  await inState('sent')
  expect((await rows()).find(({ state }) => state === 'failed')).toMatchObject({
    attempts: 1,
    lastError: expect.stringContaining('550'),
  })
  expect(server.asked.filter((address) => address === 'gone@example.test')).toHaveLength(1)
})

test('an address that could be read as two is never given to the server', async () => {
  await queueMails(database.db, [
    aMail({ email: 'a@example.test, b@example.test' }),
    aMail({ email: '"x@evil.test y"@example.test' }),
  ])

  dispatch()

  await inState('failed', 2)
  expect(server.asked).toEqual([])
})

test('facts that no template understands are kept for a version that does', async () => {
  await queueMails(database.db, [aMail({ data: {} as never })])

  dispatch()

  await vi.waitFor(async () =>
    expect(await rows()).toMatchObject([{ state: 'queued', lastError: expect.stringContaining('rendered') }]),
  )
})

test('mail waits while the server is down and goes out within 5 seconds of its return', async () => {
  const { port, url } = server
  await server.stop()
  await queueMails(
    database.db,
    Array.from({ length: 30 }, () => aMail()),
  )
  dispatch({ smtpUrl: url })
  await new Promise((resolve) => setTimeout(resolve, 6_000))
  expect((await rows()).every(({ state, attempts }) => state === 'queued' && attempts <= 1)).toBe(true)

  await startAgain({ port })

  await inState('sent', 30, 5_500)
  expect(server.received).toHaveLength(30)
})

test('a server that takes connections and drops them is not hammered, and loses nothing', async () => {
  let connections = 0
  const broken = createServer((socket) => {
    connections += 1
    socket.destroy()
  }).listen(0, '127.0.0.1')
  await vi.waitFor(() => expect(broken.listening).toBe(true))
  await queueMails(
    database.db,
    Array.from({ length: 10 }, () => aMail()),
  )

  dispatch({ smtpUrl: `smtp://127.0.0.1:${(broken.address() as AddressInfo).port}` })
  await new Promise((resolve) => setTimeout(resolve, 5_000))

  broken.close()
  expect(connections).toBeGreaterThan(1)
  expect(connections).toBeLessThan(12)
  expect((await rows()).every(({ state }) => state === 'queued')).toBe(true)
})

test('a mail goes out once, however long the server takes to answer its end', async () => {
  const [leaseMs, handOverMs] = [300, 300]
  const release = server.hold()
  for (const _ of [1, 2]) dispatch({ pollMs: 50, leaseMs, handOverMs })

  await queueMails(database.db, [aMail()])
  const claimed = await vi.waitFor(async () => {
    const [row] = await rows()
    expect(row?.attempts).toBe(1)
    return row?.nextAttemptAt ?? ''
  })
  await vi.waitFor(async () => {
    const held = Date.parse((await rows())[0]?.nextAttemptAt ?? '') - Date.parse(claimed)
    expect(held).toBeGreaterThan(3 * leaseMs)
  }, 10_000)
  release()

  await inState('sent')
  expect(server.asked).toHaveLength(1)
  expect(await rows()).toMatchObject([{ attempts: 1 }])
})

test('a server that does not ask for the mail in time is given up, and asked again later', async () => {
  const silent = createServer().listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  dispatch({ smtpUrl: `smtp://127.0.0.1:${port}`, handOverMs: 100 })

  await queueMails(database.db, [aMail()])

  await vi.waitFor(async () => expect((await rows())[0]?.lastError).not.toBeNull(), 10_000)
  expect(await rows()).toMatchObject([{ state: 'queued' }])
  silent.close()
})

test('stopping finishes the mail under way', async () => {
  const release = server.hold()
  await queueMails(database.db, [aMail()])
  const dispatcher = dispatch()
  await vi.waitFor(() => expect(server.asked).toHaveLength(1))

  const stopped = dispatcher.stop()
  await new Promise((resolve) => setTimeout(resolve, 200))
  release()
  await stopped

  expect(server.received).toHaveLength(1)
  expect(await rows()).toMatchObject([{ state: 'sent' }])
})

test('the token of a link is sealed in the queue and stands in the mail; what the mail said is gone from the ledger once it was sent', async () => {
  const token = secretBox.seal('the-token').toString('base64')
  const { password_reset: facts } = someFacts()
  await queueMails(database.db, [aMail({ kind: 'password_reset', data: { ...facts, token } })])

  dispatch()

  await received(1)
  await inState('sent')
  expect(server.received[0]?.text).toContain('https://access.example.com/set-password#the-token')
  expect((await rows())[0]?.data).toEqual({})
})
