import type { flows as source } from '../en/flows.ts'
import type { Translation } from '../translation.ts'

export const flows: Translation<typeof source> = {
  title: 'Genehmigungsabläufe',
  intro: 'Was angefragt werden kann, und wer es genehmigt.',
  table: 'Genehmigungsabläufe',
  search: 'Genehmigungsabläufe suchen',
  emptyTitle: 'Keine Genehmigungsabläufe gefunden',
  emptyText: 'Ändern Sie die Suche.',
  column: { name: 'Name', group: 'Benutzergruppe', type: 'Genehmigungsart', open: 'Offene Anfragen', enabled: 'Aktiv' },
  type: { manual: 'Manuell', automatic: 'Automatisch' },
  actions: 'Aktionen',
  toggle: '{{name}} aktiv',
  enabled: '{{name}} ist aktiv.',
  disabled: '{{name}} ist abgeschaltet.',
  deleted: '{{name}} wurde gelöscht.',
  disable: 'Abschalten',
  disableTitle: '{{name}} abschalten?',
  delete: 'Löschen',
  deleteOne: '{{name}} löschen',
  deleteTitle: '{{name}} löschen?',
  cancels_one: '{{count}} offene Anfrage wird abgebrochen.',
  cancels_other: '{{count}} offene Anfragen werden abgebrochen.',
  stays: 'Bereits gegebener Zugriff bleibt.',
}
