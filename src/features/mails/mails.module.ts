/** Mails that did not arrive, the mail server, and when people want mail. */
import type { Db } from '../../platform/db/client.ts'
import type { Mailer } from '../../platform/mail/mailer.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import { createMailCommands } from './mails.commands.ts'
import { readMailTotals } from './mails.repository.ts'
import { mailsRoutes } from './mails.routes.ts'
import { preferencesRoutes } from './preferences.routes.ts'

export interface MailsModuleDeps {
  db: Db
  auditLog: Pick<AuditLog, 'within'>
  mailer: Mailer
}

export function createMailsModule(deps: MailsModuleDeps) {
  const commands = createMailCommands(deps)
  return {
    /** For dispatchers: writes down that the server has refused mails for good. */
    refuse: commands.refuse,
    /** For /metrics. */
    outcomes: {
      help: 'Mails by what has become of them: put_off counts every try after which one waited',
      read: async () => {
        const { sent, refused, putOff, dropped } = await readMailTotals(deps.db)
        return { sent, refused, put_off: putOff, dropped }
      },
    },
    routes: [...mailsRoutes({ ...deps, commands }), ...preferencesRoutes(deps)],
  }
}
