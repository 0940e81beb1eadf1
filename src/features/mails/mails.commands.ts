/** What is done about mails that were not sent, each with its event in Directory Insights. */
import { v7 as uuidv7 } from 'uuid'
import type { AuditEntry } from '../../domain/audit-entry.ts'
import { auditOf, auditOfSystem, type Operation } from '../../domain/operation.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { DeliveryError } from '../../platform/mail/delivery-error.ts'
import { readLetterhead } from '../../platform/mail/mail.letterhead.repository.ts'
import { type MailRow, markMailsRefused } from '../../platform/mail/mail.repository.ts'
import { carriesLink } from '../../platform/mail/mail.types.ts'
import type { Mailer } from '../../platform/mail/mailer.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import { users } from '../directory/users/users.table.ts'
import { lockUnsentMail, queueAgain, type UnsentMail } from './mails.repository.ts'

export interface MailCommandsDeps {
  db: DbOrTx
  auditLog: Pick<AuditLog, 'within'>
  mailer: Pick<Mailer, 'send'>
}

type About = Pick<MailRow, 'id' | 'kind' | 'accessRequestId'>

/** The mail that an event is about, and who was to get it. */
function aboutMail({ id, kind, accessRequestId }: About, email: string) {
  return {
    resource: { type: 'mail', id, name: kind },
    accessRequestId,
    changes: [{ field: 'recipient', from: null, to: email }],
  } satisfies Partial<AuditEntry>
}

/** Whether what the mail said is there still. */
export function canSendAgain({ state, kind, hasData }: Pick<UnsentMail, 'state' | 'kind' | 'hasData'>): boolean {
  return state === 'failed' && hasData && !carriesLink(kind)
}

/** @throws DomainError `conflict` */
function checkCanBeSent(mail: UnsentMail): void {
  if (canSendAgain(mail)) return
  if (mail.state === 'queued')
    throw new DomainError('conflict', 'This mail waits and goes out by itself.', { current: 'waiting' })
  throw new DomainError(
    'conflict',
    'The link in this mail works once and is not kept, so the mail cannot be sent again. Send a new link from the page of the user.',
    { current: 'refused' },
  )
}

export function createMailCommands({ db, auditLog, mailer }: MailCommandsDeps) {
  return {
    /** Writes down that the server has refused mails for good, in its own words. */
    async refuse(mails: MailRow[], words: string): Promise<void> {
      await auditLog.within(db, async (tx, record) => {
        const ids = mails.map(({ id }) => id)
        await markMailsRefused(tx, ids, words)
        const entries = mails.map((mail) =>
          auditOfSystem(`${mail.id}:${mail.attempts}`, {
            eventType: 'mail_refused',
            ...aboutMail(mail, mail.recipientEmail),
            success: false,
            errorMessage: words,
          }),
        )
        record(...entries)
      })
    },

    /**
     * Puts a refused mail back into the queue.
     * @throws DomainError `not_found`, or `conflict` for a mail that waits or whose link is gone
     */
    async sendAgain(operation: Operation, id: string): Promise<void> {
      await auditLog.within(db, async (tx, record) => {
        const mail = await lockUnsentMail(tx, id)
        if (!mail)
          throw new DomainError('not_found', 'There is no such mail, or it was sent or is not needed any more.')
        checkCanBeSent(mail)
        await queueAgain(tx, id)
        record(auditOf(operation, { eventType: 'mail_send_again', ...aboutMail(mail, mail.email) }))
      })
    },

    /** Sends a test mail to whoever asks, at once, past the queue. */
    async tryOut(operation: Operation): Promise<{ accepted: boolean; answer: string }> {
      const { id: recipientId, name, email } = operation.actor
      const trial = {
        id: uuidv7(),
        kind: 'mail_test' as const,
        recipientName: name,
        recipientEmail: email,
        accessRequestId: null,
        data: { by: name },
      }
      const letterhead = await readLetterhead(db, users, recipientId)
      const outcome = await mailer.send([trial], letterhead).then(
        (answer) => ({ accepted: true, answer }),
        (error: unknown) => {
          if (!(error instanceof DeliveryError)) throw error
          return { accepted: false, answer: error.message }
        },
      )
      await auditLog.within(db, async (_, record) =>
        record(
          auditOf(operation, {
            eventType: 'mail_test',
            ...aboutMail(trial, email),
            success: outcome.accepted,
            errorMessage: outcome.accepted ? null : outcome.answer,
          }),
        ),
      )
      return outcome
    },
  }
}

export type MailCommands = ReturnType<typeof createMailCommands>
