import type { changes as source } from '../en/changes.ts'
import type { Translation } from '../translation.ts'

export const changes: Translation<typeof source> = {
  title: 'Zu bestätigende Änderungen',
  intro: 'Rollen und ohne Anfrage vergebene Mitgliedschaften, die ein zweiter Administrator bestätigen muss.',
  table: 'Zu bestätigende Änderungen',
  emptyTitle: 'Nichts wartet',
  emptyText:
    'Ist FOUR_EYES=require gesetzt, stehen geänderte Rollen und direkte Mitgliedschaften hier, bis ein anderer Administrator sie bestätigt.',
  toUsers: 'Zu den Benutzern',
  column: { what: 'Änderung', by: 'Gewünscht von', since: 'Seit', actions: 'Aktionen' },
  what: {
    promote: '{{name}} zum Administrator machen',
    demote: '{{name}} die Administratorrolle nehmen',
    member: '{{name}} in {{group}} aufnehmen',
  },
  approve: 'Bestätigen',
  approveOne: 'Bestätigen: {{what}}',
  approveTitle: 'Diese Änderung bestätigen?',
  approveDone: 'Erledigt: Die Änderung für {{name}} ist bestätigt.',
  reject: 'Ablehnen',
  rejectOne: 'Ablehnen: {{what}}',
  rejectTitle: 'Diese Änderung ablehnen?',
  rejectDone: 'Die Änderung für {{name}} ist abgelehnt.',
  proposedBy: 'Gewünscht von {{name}}.',
  waiting_one: '{{count}} Änderung wartet auf einen zweiten Administrator.',
  waiting_other: '{{count}} Änderungen warten auf einen zweiten Administrator.',
  view: 'Ansehen',
}
