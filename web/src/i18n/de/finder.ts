import type { finder as source } from '../en/finder.ts'
import type { Translation } from '../translation.ts'

export const finder: Translation<typeof source> = {
  title: 'Alles durchsuchen',
  hint: 'Eine Person, eine Anfrage, ein Ablauf, eine Gruppe, eine Anwendung, eine Seite',
  close: 'Schließen',
  results: 'Gefunden',
  looking: 'Suche läuft …',
  nothing: 'Nichts gefunden für „{{q}}“.',
  kind: {
    pages: 'Seiten',
    people: 'Personen',
    requests: 'Anfragen',
    flows: 'Genehmigungsabläufe',
    groups: 'Benutzergruppen',
    applications: 'Anwendungen',
  },
}
