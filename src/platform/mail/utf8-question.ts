/** Asks a mail server whether it takes addresses beyond ASCII, and remembers the answer. */
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection'
import { DeliveryError } from './delivery-error.ts'

const rememberMs = 5 * 60_000

/** @returns whether the server offers SMTPUTF8 (RFC 6531). @throws DeliveryError when it cannot be asked */
export function createUtf8Question(options: SMTPConnectionOptions, now: () => number = Date.now) {
  let known: { offers: boolean; until: number } | undefined
  return async (): Promise<boolean> => {
    if (!known || now() >= known.until) known = { offers: await ask(options), until: now() + rememberMs }
    return known.offers
  }
}

function ask(options: SMTPConnectionOptions): Promise<boolean> {
  const connection = new SMTPConnection(options)
  return new Promise((resolve, reject) => {
    const fail = (cause: Error) => {
      connection.close()
      reject(new DeliveryError('unreachable', cause.message, { cause }))
    }
    connection.once('error', fail)
    connection.connect((error) => {
      if (error) return fail(error)
      // After EHLO, and after that of STARTTLS: where nodemailer itself looks when it sends.
      const { _supportedExtensions: extensions = [] } = connection as unknown as { _supportedExtensions?: string[] }
      connection.quit()
      resolve(extensions.includes('SMTPUTF8'))
    })
  })
}
