/** A real SMTP server in process, which can refuse on purpose. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { ParsedMail } from 'mailparser'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export interface MailServer {
  url: string
  port: number
  /** Mails accepted, in order. */
  received: ParsedMail[]
  /** How many mails came over TLS. */
  encrypted(): number
  /** Recipients named in RCPT TO, refused ones included. */
  asked: string[]
  /** Answers the next RCPT TO (for `address`, when given), or the next `times` of them, with this code. */
  refuse(code: number, options?: { address?: string; times?: number }): void
  /** Holds every accepted message until the returned function is called. */
  hold(): () => void
  stop(): Promise<void>
}

export async function startMailServer({ port = 0, offersTls = false, offersUtf8 = true } = {}): Promise<MailServer> {
  const received: ParsedMail[] = []
  const asked: string[] = []
  const refusals: { code: number; address: string | undefined; times: number }[] = []
  let gate = Promise.resolve()
  let encrypted = 0

  const server = new SMTPServer({
    authOptional: true,
    // Its certificate is one of the library's, which nobody trusts.
    disabledCommands: offersTls ? ['AUTH'] : ['STARTTLS', 'AUTH'],
    closeTimeout: 100,
    hideSMTPUTF8: !offersUtf8,
    onRcptTo: ({ address }, _session, answer) => {
      asked.push(address)
      const refusal = refusals.find((one) => one.times > 0 && (one.address ?? address) === address)
      if (!refusal) return answer()
      refusal.times -= 1
      return answer(Object.assign(new Error('refused on purpose'), { responseCode: refusal.code }))
    },
    onData: (stream, session, answer) => {
      if (session.secure) encrypted += 1
      simpleParser(stream).then(async (mail) => {
        await gate
        received.push(mail)
        answer()
      }, answer)
    },
  })
  // Clients that are cut off are part of the tests.
  server.on('error', () => undefined)
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address() as AddressInfo

  return {
    url: `smtp://127.0.0.1:${address.port}`,
    port: address.port,
    received,
    encrypted: () => encrypted,
    asked,
    refuse: (code, { address: of, times = 1 } = {}) => refusals.push({ code, address: of, times }),
    hold: () => {
      let open = () => {}
      gate = new Promise((resolve) => {
        open = resolve
      })
      return open
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}
