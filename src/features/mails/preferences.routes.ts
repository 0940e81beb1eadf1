/** Everybody's own language, time zone, and when mails go out to them. */
import { auditOf, changesBetween } from '../../domain/operation.ts'
import type { Db } from '../../platform/db/client.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { ok, route } from '../../platform/http/route.ts'
import { switchableMailKinds } from '../../platform/mail/mail.types.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import { readSettingsRow } from '../settings/settings.repository.ts'
import * as schemas from './mails.schemas.ts'
import { applyToWaiting, type Chosen, lockChosen, readChosen, saveChosen } from './preferences.repository.ts'

export interface PreferencesRoutesDeps {
  db: Db
  auditLog: Pick<AuditLog, 'within'>
}

const tag = 'Session'

async function present(db: DbOrTx, { language, timeZone, mailTimings }: Chosen) {
  const organisation = await readSettingsRow(db)
  const mails = Object.fromEntries(switchableMailKinds.map((kind) => [kind, mailTimings[kind] ?? 'at_once']))
  return schemas.preferences.parse({ language, timeZone, mails, organisation })
}

/** Each choice by its name, so that the event shows single ones. */
function choicesOf({ language, timeZone, mailTimings }: Chosen): Record<string, string | null> {
  const timings = Object.entries(mailTimings).filter(([, timing]) => timing !== 'at_once')
  return { language, timeZone, ...Object.fromEntries(timings.map(([kind, timing]) => [`mails.${kind}`, timing])) }
}

export function preferencesRoutes({ db, auditLog }: PreferencesRoutesDeps): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/me/preferences',
      summary: 'Own language and time zone, and when mails go out',
      tag,
      ability: 'preferences.own',
      responses: { 200: { description: 'What the caller has chosen', schema: schemas.preferences } },
      handler: async ({ actor }) => ok(await present(db, await readChosen(db, actor.id))),
    }),
    route({
      method: 'put',
      path: '/me/preferences',
      summary: 'Choose the own language and time zone, and when mails go out; what is left out stays',
      tag,
      ability: 'preferences.own',
      body: schemas.preferencesBody,
      responses: { 200: { description: 'What the caller has chosen', schema: schemas.preferences } },
      handler: async (call) => {
        const { id, name } = call.actor
        const { mails = {}, ...choices } = call.body
        return auditLog.within(db, async (tx, record) => {
          const before = await lockChosen(tx, id)
          const given = Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined))
          const after: Chosen = { ...before, ...given, mailTimings: { ...before.mailTimings, ...mails } }
          const changes = changesBetween({ ...choicesOf(after), ...choicesOf(before) }, choicesOf(after))
          await saveChosen(tx, id, after)
          await applyToWaiting(tx, id, mails)
          if (changes.length > 0)
            record(auditOf(call, { eventType: 'user_update', resource: { type: 'user', id, name }, changes }))
          return ok(await present(tx, after))
        })
      },
    }),
  ]
}
