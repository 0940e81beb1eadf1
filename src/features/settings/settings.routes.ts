/** What administrators can switch on and off. */

import { createHash } from 'node:crypto'
import { auditOf, changesBetween } from '../../domain/operation.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { ok, route } from '../../platform/http/route.ts'
import { switchableMailKinds } from '../../platform/mail/mail.types.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import type { SettingsRow } from './settings.repository.ts'
import { lockSettingsRow, readSettingsRow, updateSettingsRow } from './settings.repository.ts'
import type { SettingsView } from './settings.schemas.ts'
import { company, settingsBody, settingsShape } from './settings.schemas.ts'

export interface SettingsRoutesDeps {
  db: DbOrTx
  auditLog: Pick<AuditLog, 'within'>
}

function presentSettings(settings: SettingsRow): SettingsView {
  const { id: _, mails, ...row } = settings
  const every = Object.fromEntries(
    switchableMailKinds.map((kind) => [kind, mails[kind] ?? true]),
  ) as SettingsView['mails']
  return { ...row, mails: every }
}

/** Each switch by its name, so that the audit shows single mails. */
function switchesOf(view: SettingsView): Record<string, boolean | number | string | null> {
  const { mails, version: _, updatedAt: __, ...switches } = view
  return {
    ...switches,
    ...Object.fromEntries(Object.entries(mails).map(([kind, isOn]) => [`mails.${kind}`, isOn])),
  }
}

export function settingsRoutes({ db, auditLog }: SettingsRoutesDeps): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/settings',
      summary: 'The settings',
      tag: 'Settings',
      ability: 'settings.read',
      responses: { 200: { description: 'The settings', schema: settingsShape } },
      handler: async () => ok(presentSettings(await readSettingsRow(db))),
    }),
    route({
      method: 'put',
      path: '/settings',
      summary: 'Change the settings',
      tag: 'Settings',
      ability: 'settings.write',
      body: settingsBody,
      fresh: true,
      responses: { 200: { description: 'The settings after the change', schema: settingsShape } },
      handler: async (call) => {
        const { version, updatedAt: _sent, ...switches } = call.body
        return auditLog.within(db, async (tx, record) => {
          const row = await lockSettingsRow(tx)
          if (version !== undefined && version !== row.version) {
            throw new DomainError('conflict', 'Somebody else changed the settings. Load them again.', {
              current: String(row.version),
              currentVersion: row.version,
            })
          }
          const before = presentSettings(row)
          const { version: _, updatedAt: __, ...saved } = before
          const input = { ...saved, ...switches }
          const changes = changesBetween(
            switchesOf(before),
            switchesOf({ ...before, ...input, mails: { ...before.mails, ...input.mails } }),
          )
          if (changes.length === 0) return ok(before)
          const after = await updateSettingsRow(tx, { ...input, mails: { ...row.mails, ...input.mails } })
          const resource = { type: 'settings', id: null, name: 'Settings' }
          record(auditOf(call, { eventType: 'access_management_access_request_settings_update', resource, changes }))
          return ok(presentSettings(after))
        })
      },
    }),
    route({
      method: 'get',
      path: '/company',
      summary: 'What the service is called, and its colour',
      tag: 'Settings',
      ability: 'company.read',
      responses: { 200: { description: 'Name, colour and logo', schema: company } },
      handler: async () => {
        const { companyName, companyColor, companyLogoUrl } = await readSettingsRow(db)
        return ok({ name: companyName, color: companyColor, logo: companyLogoUrl && versionOf(companyLogoUrl) })
      },
    }),
  ]
}

/** Tells one address from another, and says nothing about it. */
function versionOf(url: string): string {
  return createHash('sha256').update(url).digest('base64url').slice(0, 12)
}
