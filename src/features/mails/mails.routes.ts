/** Mails that were not sent, and the mail server, for administrators. */
import type { DbOrTx } from '../../platform/db/columns.ts'
import { presentPage, readPage } from '../../platform/http/page.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { accepted, ok, route } from '../../platform/http/route.ts'
import { idParams } from '../../platform/http/schemas.ts'
import type { Mailer } from '../../platform/mail/mailer.ts'
import { readSettingsRow } from '../settings/settings.repository.ts'
import { canSendAgain, type MailCommands } from './mails.commands.ts'
import { countUnsentMails, listUnsentMails, readMailTotals, type UnsentMail } from './mails.repository.ts'
import type { UnsentMailView } from './mails.schemas.ts'
import * as schemas from './mails.schemas.ts'

export interface MailsRoutesDeps {
  db: DbOrTx
  mailer: Pick<Mailer, 'describe' | 'senderFor'>
  commands: Pick<MailCommands, 'sendAgain' | 'tryOut'>
}

const tag = 'Mails'
/** Longer than a mail server takes to be reached, greeted and to answer. */
const trialLimitMs = 60_000

/** A mail as administrators see it: who gets what kind, and what the server said; never what it says. */
function presentMail(mail: UnsentMail): UnsentMailView {
  const { id, kind, recipientId, name, email, accessRequestId, attempts, lastError, createdAt, nextAttemptAt } = mail
  const isRefused = mail.state === 'failed'
  return {
    id,
    kind,
    state: isRefused ? 'refused' : 'waiting',
    recipient: { id: recipientId, name, email },
    accessRequestId,
    attempts,
    answer: lastError,
    createdAt,
    nextAttemptAt: isRefused ? null : nextAttemptAt,
    canSendAgain: canSendAgain(mail),
  }
}

export function mailsRoutes({ db, mailer, commands }: MailsRoutesDeps): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/mails',
      summary: 'Mails that the server refused for good, or that wait',
      tag,
      ability: 'mails.read',
      query: schemas.mailsQuery,
      responses: { 200: { description: 'A page', schema: schemas.unsentMails } },
      handler: async ({ query }) => {
        const found = await readPage({ ...query, list: 'mails' }, (slice) =>
          listUnsentMails(db, { ...query, ...slice }),
        )
        return ok(presentPage(found, presentMail))
      },
    }),
    route({
      method: 'get',
      path: '/mails/counts',
      summary: 'How many mails were refused, and how many wait',
      tag,
      ability: 'mails.read',
      responses: { 200: { description: 'The counts', schema: schemas.mailCounts } },
      handler: async () => ok(await countUnsentMails(db)),
    }),
    route({
      method: 'post',
      path: '/mails/{id}/send-again',
      summary: 'Put a refused mail back into the queue',
      tag,
      ability: 'mails.write',
      params: idParams,
      responses: { 202: { description: 'It waits, and goes out by itself' } },
      handler: async (call) => {
        await commands.sendAgain(call, call.params.id)
        return accepted()
      },
    }),
    ...serverRoutes({ db, mailer, commands }),
  ]
}

function serverRoutes({ db, mailer, commands }: MailsRoutesDeps): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/mail-server',
      summary: 'The mail server, and what it said last',
      tag,
      ability: 'mails.read',
      responses: { 200: { description: 'The mail server', schema: schemas.mailServer } },
      handler: async () => {
        const { lastSentAt, lastFailureAt, lastFailure } = await readMailTotals(db)
        const from = mailer.senderFor(await readSettingsRow(db))
        return ok({ ...mailer.describe(), from, lastSentAt, lastFailureAt, lastFailure })
      },
    }),
    route({
      method: 'post',
      path: '/mail-server/test',
      summary: 'Send a test mail to oneself',
      tag,
      ability: 'mails.write',
      limitMs: trialLimitMs,
      responses: { 200: { description: 'What the mail server said to it', schema: schemas.mailTrial } },
      handler: async (call) => ok(await commands.tryOut(call)),
    }),
  ]
}
