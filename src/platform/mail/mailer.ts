/** Hands mails to the SMTP server. Only this file knows nodemailer. */
import { Readable } from 'node:stream'
import { createTransport, type NodemailerError } from 'nodemailer'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { SMTPPoolOptions } from 'nodemailer/lib/smtp-pool'
import { needsUtf8 } from '../net/mail-address.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import { DeliveryError, deliveryError } from './delivery-error.ts'
import type { Letterhead } from './mail.letterhead.repository.ts'
import { envelopeOf, type Sendable } from './message.ts'
import type { RenderableMail } from './render.ts'
import { renderMail } from './render.ts'
import { oneLine } from './templates/words.ts'
import { createUtf8Question } from './utf8-question.ts'

export interface MailServerAddress {
  host: string
  port: number
  /** From the start; by STARTTLS or not at all; by STARTTLS when the server offers it. */
  tls: 'from_start' | 'required' | 'if_offered'
  /** Null when nobody signs in. */
  signsInAs: string | null
}

export interface Mailer {
  /**
   * Renders the mails, which are of one kind and to one person, in full and as one, then gives it to the server. The same
   * mails sent again have the same Message-ID.
   * @returns what the server said
   * @throws DeliveryError
   */
  send(mails: readonly [Sendable, ...Sendable[]], letterhead: Letterhead): Promise<string>
  /**
   * Whether the server takes mail to this address. It is asked, and its answer kept for 5 minutes, only about one that
   * needs SMTPUTF8 (RFC 6531).
   * @throws DeliveryError when it cannot be asked
   */
  takes(address: string): Promise<boolean>
  /** The sender of every mail, as `Name <address>`. */
  senderFor(letterhead: Pick<Letterhead, 'companyName'>): string
  /** Where the server is. */
  describe(): MailServerAddress
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
  /** Longest until the server has asked for a mail and read it, in milliseconds. */
  handOverMs?: number
}

/** Longest that a server may take to answer the end of a mail (RFC 5321, 4.5.3.2.6): given up before, it would arrive twice. */
const answerMs = 600_000

const mailAddress = /^[^\s<>()[\]\\,;:"\p{Cc}@]+@[^\s<>()\\,;"\p{Cc}@]+$/u

/** Connects at the first mail. */
export function createMailer({
  smtpUrl,
  needsTls = false,
  publicUrl,
  secretBox,
  from,
  connections = 4,
  handOverMs = 20_000,
}: MailerOptions): Mailer {
  const transport = createTransport({
    url: needsTls ? demandingTls(smtpUrl) : smtpUrl,
    pool: true,
    maxConnections: connections,
    maxRequeues: 0,
    connectionTimeout: 4_000,
    greetingTimeout: 4_000,
    socketTimeout: answerMs,
    dnsTimeout: 4_000,
    idleTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  // Failures reach us through send(); without a listener an idle connection's error would end the process.
  transport.on('error', () => undefined)
  const { hostname } = new URL(publicUrl)
  const offersUtf8 = createUtf8Question(transport.options)
  const takes: Mailer['takes'] = async (address) => !needsUtf8(address) || offersUtf8()
  const senderFor: Mailer['senderFor'] = ({ companyName }) => from ?? defaultSender(publicUrl, companyName)

  async function checkIsTaken(address: string): Promise<void> {
    if (!(await takes(address))) throw new DeliveryError('refused', 'the mail server does not offer SMTPUTF8')
  }

  return {
    send: async (mails, letterhead) => {
      const [mail] = mails
      const content = await rendered(mails, { publicUrl, secretBox, letterhead })
      const address = addressOf(mail)
      await checkIsTaken(address)
      const message = {
        ...content,
        ...envelopeOf(mails, hostname),
        from: senderFor(letterhead),
        to: { name: oneLine(mail.recipientName), address },
        ...(letterhead.replyTo !== null && { replyTo: letterhead.replyTo }),
      }
      // In one piece: written part by part, as nodemailer does by itself, it costs eight more writes to the socket.
      const composed = new MailComposer(message).compile()
      const raw = Readable.from([await composed.build()], { objectMode: false })
      const signal = untilHandedOver(raw, handOverMs)
      const sent = await transport
        .sendMail({ envelope: composed.getEnvelope(), raw, signal })
        .catch((error: NodemailerError) => {
          throw deliveryError(error)
        })
      return String(sent.response)
    },
    takes,
    senderFor,
    describe: () => serverOf(transport.options),
    close: () => transport.close(),
  }
}

/** Aborts when the mail is not read in time. How long the server takes to answer then is its own affair. */
function untilHandedOver(mail: Readable, milliseconds: number): AbortSignal {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), milliseconds)
  mail.once('close', () => clearTimeout(timer))
  return controller.signal
}

/** What the address says goes before other options, so it has to say this itself. */
function demandingTls(smtpUrl: string): string {
  const url = new URL(smtpUrl)
  url.searchParams.set('requireTLS', 'true')
  return url.href
}

/** The sender when none is set. */
export function defaultSender(publicUrl: string, companyName: string | null = null): string {
  const name = oneLine(companyName ?? 'Gatehouse').replaceAll(/["\\]/g, '')
  return `${/^[\w ]+$/.test(name) ? name : `"${name}"`} <no-reply@${new URL(publicUrl).hostname}>`
}

function serverOf({ host = 'localhost', port, secure, requireTLS, auth }: SMTPPoolOptions): MailServerAddress {
  return {
    host,
    port: Number(port ?? (secure ? 465 : 587)),
    tls: secure ? 'from_start' : requireTLS ? 'required' : 'if_offered',
    signsInAs: auth?.user ?? null,
  }
}

interface RenderingOptions extends Pick<MailerOptions, 'publicUrl' | 'secretBox'> {
  letterhead: Letterhead
}

async function rendered(mails: readonly [Sendable, ...Sendable[]], { secretBox, ...options }: RenderingOptions) {
  const [{ kind }] = mails
  try {
    const [first, ...others] = mails.map((mail) => withOpenToken(mail, secretBox) as RenderableMail)
    if (!first) throw new Error('there is no mail')
    return await renderMail([first, ...others], options)
  } catch (cause) {
    // Facts of another version: the next deployment may know them, so the mail is kept.
    throw new DeliveryError('later', `mail of kind ${kind} cannot be rendered`, { cause })
  }
}

function withOpenToken(mail: Sendable, secretBox: MailerOptions['secretBox']): Sendable {
  const { token, ...data } = mail.data as { token?: string }
  if (token === undefined) return mail
  return { ...mail, data: { ...data, token: secretBox.open(Buffer.from(token, 'base64')).toString() } }
}

/** Checked here as well, because an address with a comma or a quote would be more than one for some servers. */
function addressOf({ recipientEmail }: Sendable): string {
  if (!mailAddress.test(recipientEmail)) throw new DeliveryError('refused', 'the recipient has no usable mail address')
  return recipientEmail
}
