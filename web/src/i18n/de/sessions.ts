import type { sessions as source } from '../en/sessions.ts'
import type { Translation } from '../translation.ts'

export const sessions: Translation<typeof source> = {
  title: 'Sitzungen und Passwort',
  intro: 'Wo Sie angemeldet sind. Beenden Sie, was Sie nicht kennen, und ändern Sie dann Ihr Passwort.',
  table: 'Sitzungen',
  column: { device: 'Gerät', address: 'Adresse', since: 'Angemeldet', lastUse: 'Zuletzt benutzt' },
  device: { both: '{{browser}} auf {{system}}', unknown: 'Unbekanntes Gerät' },
  current: 'Diese Sitzung',
  actions: 'Aktionen',
  end: 'Beenden',
  endOne: 'Die Sitzung von {{device}} beenden',
  endTitle: 'Die Sitzung von {{device}} beenden?',
  endText: 'Das Gerät wird sofort abgemeldet.',
  ended: 'Die Sitzung von {{device}} ist beendet.',
  nowhereElse:
    'Sie sind nirgends sonst angemeldet. Andere Browser und Geräte stehen hier von ihrer Anmeldung bis zur Abmeldung.',
  elsewhere: 'Überall sonst abmelden',
  elsewhereTitle: 'Überall sonst abmelden?',
  elsewhereText: 'Jede Sitzung außer dieser endet sofort. API-Token bleiben: Sie werden einzeln widerrufen.',
  elsewhereEnded: 'Sie sind überall sonst abgemeldet.',
  password: {
    title: 'Passwort',
    text: 'Wenn Sie es ändern, enden Ihre anderen Sitzungen und alle Ihre API-Token.',
    currentPassword: 'Derzeitiges Passwort',
    newPassword: 'Neues Passwort',
    hint: 'Mindestens 10 Zeichen.',
    change: 'Passwort ändern',
    changed: 'Ihr Passwort ist geändert. Ihre anderen Sitzungen und Ihre API-Token sind beendet.',
  },
}
