import type { connectors as source } from '../en/connectors.ts'
import type { Translation } from '../translation.ts'

export const connectors: Translation<typeof source> = {
  title: 'Konnektoren',
  intro:
    'Systeme, die erfahren, wenn Personen Zugriff bekommen oder verlieren. Gruppen und Genehmigungsabläufe wählen einen davon.',
  table: 'Konnektoren',
  create: 'Konnektor anlegen',
  created: '{{name}} wurde angelegt.',
  saved: '{{name}} ist gespeichert.',
  emptyTitle: 'Keine Konnektoren',
  emptyText: 'Ohne Konnektor führt das Verzeichnis selbst, wer in welcher Gruppe ist.',
  column: { name: 'Name', kind: 'Art', url: 'Adresse', created: 'Angelegt' },
  kind: { webhook: 'Webhook' },
  actions: 'Aktionen',
  edit: 'Bearbeiten',
  editOne: 'Den Konnektor {{name}} bearbeiten',
  editTitle: '{{name}} bearbeiten',
  field: {
    name: 'Name',
    url: 'Adresse',
    urlHint: 'Bekommt für jede Person, die aufgenommen oder entfernt wird, einen signierten POST (Standard Webhooks).',
    urlWrong: 'Muss mit http:// oder https:// beginnen',
    secret: 'Signaturgeheimnis',
    secretHint: 'Leer wird eines erzeugt und einmal gezeigt.',
    secretEditHint: 'Leer bleibt das bisherige.',
    secretWrong: 'Muss whsec_ sein, gefolgt von 24 bis 64 Bytes in Base64.',
    taken: 'Einen Konnektor dieses Namens gibt es schon.',
  },
  madeTitle: 'Signaturgeheimnis von „{{name}}“',
  once: 'Kopieren Sie es jetzt: Sie sehen es nicht noch einmal.',
  onceHint: 'Das empfangende System prüft damit, dass Aufrufe von hier kommen.',
  secret: 'Signaturgeheimnis',
  kept: 'Ich habe es gesichert',
  delete: 'Löschen',
  deleteOne: 'Den Konnektor {{name}} löschen',
  deleteTitle: '{{name}} löschen?',
  deleteText: 'Seine Adresse und sein Signaturgeheimnis sind endgültig weg.',
  deleted: '{{name}} wurde gelöscht.',
  inUse:
    'Gruppen, Genehmigungsabläufe oder offener Zugriff nutzen diesen Konnektor noch. Geben Sie ihnen zuerst einen anderen.',
}
