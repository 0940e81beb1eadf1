import { randomBytes } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'
import { plainLetterhead } from '../../src/platform/mail/mail.letterhead.repository.ts'
import { createMailer, type Mailer } from '../../src/platform/mail/mailer.ts'
import { createSecretBox } from '../../src/platform/secrets/secret-box.ts'
import { someFacts } from './builders.ts'
import { type MailServer, startMailServer } from './mail-server.ts'

let server: MailServer
let mailer: Mailer | undefined

afterEach(async () => {
  mailer?.close()
  await server.stop()
})

function send(query: string, { needsTls }: { needsTls: boolean }): Promise<string> {
  const secretBox = createSecretBox([{ id: 'test', key: randomBytes(32) }])
  mailer = createMailer({
    smtpUrl: `${server.url}${query}`,
    needsTls,
    publicUrl: 'https://access.example.com',
    secretBox,
  })
  const mail = {
    id: '019a0000-0000-7000-8000-0000000000d1',
    kind: 'request_submitted' as const,
    recipientName: 'Ana Ruiz',
    recipientEmail: 'ana@example.test',
    accessRequestId: null,
    data: someFacts().request_submitted,
  }
  return mailer.send([mail], plainLetterhead)
}

it.each(['', '?ignoreTLS=true', '?requireTLS=false', '?requireTLS=&secure=false', '?opportunisticTLS=true'])(
  'where TLS is demanded, a server without it hears of no recipient, whatever the address asks for (%s)',
  async (query) => {
    server = await startMailServer()

    await expect(send(query, { needsTls: true })).rejects.toMatchObject({ problem: 'turned_away' })
    expect(server.asked).toEqual([])
  },
)

it('a certificate that nobody vouches for is no TLS', async () => {
  server = await startMailServer({ offersTls: true })

  await expect(send('', { needsTls: true })).rejects.toMatchObject({ problem: 'unreachable' })
  expect(server.asked).toEqual([])
})

it('where TLS is demanded, mail goes over STARTTLS', async () => {
  server = await startMailServer({ offersTls: true })

  await send('?tls.rejectUnauthorized=false', { needsTls: true })

  expect(server.encrypted()).toBe(1)
})

it('to this machine mail may go in the clear', async () => {
  server = await startMailServer()

  await send('', { needsTls: false })

  expect(server.received).toHaveLength(1)
  expect(server.encrypted()).toBe(0)
})
