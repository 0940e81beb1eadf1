/** Hands mails to the SMTP server. Only this file knows nodemailer. */
import { createTransport, type NodemailerError } from 'nodemailer'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { SecretBox } from '../secrets/secret-box.ts'
import type { MailRow } from './mail.repository.ts'
import type { RenderableMail } from './render.ts'
import { renderMail } from './render.ts'
import { oneLine } from './templates/words.ts'

/**
 * What a failed delivery means for the mail:
 * `unreachable` the server is away or closing, nothing to do with this mail · `turned_away` the server does not let us in (sign-in,
 * policy), nothing to do with this mail either · `later` this mail may pass another time · `refused` never.
 */
export type DeliveryProblem = 'unreachable' | 'turned_away' | 'later' | 'refused'

/** The mail was not delivered, or it is not known whether it was. The message may hold the server's own words. */
export class DeliveryError extends Error {
  readonly problem: DeliveryProblem
  /** The server's answer, when it gave one. */
  readonly responseCode: number | undefined

  constructor(
    problem: DeliveryProblem,
    message: string,
    { responseCode, cause }: { responseCode?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause })
    this.name = 'DeliveryError'
    this.problem = problem
    this.responseCode = responseCode
  }
}

export interface Mailer {
  /**
   * Renders the mail in full, then gives it to the server. Sent again, it has the same Message-ID.
   * @throws DeliveryError
   */
  send(mail: MailRow): Promise<void>
  close(): void
}

export interface MailerOptions {
  /** `smtp://` or `smtps://`, sign-in included; nodemailer's options as its query. */
  smtpUrl: string
  /** Whether mail may go only over TLS, whatever the address says. */
  needsTls?: boolean
  publicUrl: string
  /** Sender, as `Name <address>` or an address. Left out: no-reply at the host of `publicUrl`. */
  from?: string | undefined
  /** Opens what is sealed in the facts of a mail: the tokens of one-time links. */
  secretBox: Pick<SecretBox, 'open'>
  /** Connections kept to the server. */
  connections?: number
}

/** Longest a whole delivery may take; the queue's lease has to be longer. */
export const deliveryTimeoutMs = 20_000

const mailAddress = /^[^\s<>()[\]\\,;:"\p{Cc}@]+@[^\s<>()\\,;"\p{Cc}@]+$/u

/** Connects at the first mail. */
export function createMailer({
  smtpUrl,
  needsTls = false,
  publicUrl,
  secretBox,
  from = defaultSender(publicUrl),
  connections = 4,
}: MailerOptions): Mailer {
  const transport = createTransport({
    url: needsTls ? demandingTls(smtpUrl) : smtpUrl,
    pool: true,
    maxConnections: connections,
    maxRequeues: 0,
    connectionTimeout: 4_000,
    greetingTimeout: 4_000,
    socketTimeout: 10_000,
    dnsTimeout: 4_000,
    idleTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  // Failures reach us through send(); without a listener an idle connection's error would end the process.
  transport.on('error', () => undefined)
  const { hostname } = new URL(publicUrl)

  return {
    send: async (mail) => {
      const { subject, html, text } = await rendered(mail, { publicUrl, secretBox })
      const message = {
        messageId: `<${mail.id}@${hostname}>`,
        from,
        to: { name: oneLine(mail.recipientName), address: addressOf(mail) },
        subject,
        html,
        text,
        headers: {
          'X-Gatehouse-Mail-Kind': mail.kind,
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'All',
        },
      }
      // In one piece: written part by part, as nodemailer does by itself, it costs eight more writes to the socket.
      const composed = new MailComposer(message).compile()
      const whole = { envelope: composed.getEnvelope(), raw: await composed.build() }
      const signal = AbortSignal.timeout(deliveryTimeoutMs)
      await transport.sendMail({ ...whole, signal }).catch((error: NodemailerError) => {
        throw deliveryError(error)
      })
    },
    close: () => transport.close(),
  }
}

/** What the address says goes before other options, so it has to say this itself. */
function demandingTls(smtpUrl: string): string {
  const url = new URL(smtpUrl)
  url.searchParams.set('requireTLS', 'true')
  return url.href
}

/** The sender when none is set. */
export function defaultSender(publicUrl: string): string {
  return `Gatehouse <no-reply@${new URL(publicUrl).hostname}>`
}

async function rendered(mail: MailRow, { publicUrl, secretBox }: Pick<MailerOptions, 'publicUrl' | 'secretBox'>) {
  try {
    return await renderMail(withOpenToken(mail, secretBox) as RenderableMail, { publicUrl })
  } catch (cause) {
    // Facts of another version: the next deployment may know them, so the mail is kept.
    throw new DeliveryError('later', `mail of kind ${mail.kind} cannot be rendered`, { cause })
  }
}

function withOpenToken(mail: MailRow, secretBox: MailerOptions['secretBox']): MailRow {
  const { token, ...data } = mail.data as { token?: string }
  if (token === undefined) return mail
  return { ...mail, data: { ...data, token: secretBox.open(Buffer.from(token, 'base64')).toString() } }
}

/** Checked here as well, because an address with a comma or a quote would be more than one for some servers. */
function addressOf({ recipientEmail }: MailRow): string {
  if (!mailAddress.test(recipientEmail)) throw new DeliveryError('refused', 'the recipient has no usable mail address')
  return recipientEmail
}

function deliveryError(error: NodemailerError): DeliveryError {
  const { responseCode } = error
  return new DeliveryError(problemOf(error), error.message, { responseCode, cause: error })
}

function problemOf({ code = '', command, responseCode = 0 }: NodemailerError): DeliveryProblem {
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return problemOfMail(responseCode, command)
  const isSignIn = code === 'EAUTH' || code === 'ENOAUTH'
  return responseCode >= 500 || (isSignIn && responseCode === 0) ? 'turned_away' : 'unreachable'
}

/** The server heard of this mail and said no. */
function problemOfMail(responseCode: number, command: string | undefined): DeliveryProblem {
  if (responseCode === 421) return 'unreachable'
  // 503 speaks of the session. An answer to MAIL FROM speaks of our sender, which an administrator can put right.
  const isForGood = responseCode >= 500 && responseCode !== 503 && command !== 'MAIL FROM'
  return isForGood ? 'refused' : 'later'
}
