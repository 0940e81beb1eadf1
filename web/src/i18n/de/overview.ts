import type { overview as source } from '../en/overview.ts'
import type { Translation } from '../translation.ts'

export const overview: Translation<typeof source> = {
  title: 'Übersicht',
  intro: 'Was offen ist, wie schnell entschieden wird, und bei wem es liegt.',
  open: 'Offen',
  emptyTitle: 'Noch keine Anfragen',
  emptyText:
    'Sobald jemand nach Zugriff fragt, zeigt diese Seite, wie es läuft. Gefragt wird nach Genehmigungsabläufen.',
  toFlows: 'Genehmigungsabläufe',
  age: {
    title: 'Offene Anfragen nach Alter',
    hint: 'Tage seit dem Eingang.',
    none: 'Nichts ist offen: Jede Anfrage ist entschieden.',
    from0: 'Heute',
    from1: '1 bis 2 Tage',
    from3: '3 bis 6 Tage',
    from7: '7 bis 13 Tage',
    from14: '14 bis 29 Tage',
    from30: '30 Tage und mehr',
  },
  times: {
    title: 'Zeit bis zur Entscheidung',
    all_one: '{{count}} Entscheidung. Median: {{median}}, p90: {{p90}} (neun von zehn waren schneller).',
    all_other: '{{count}} Entscheidungen. Median: {{median}}, p90: {{p90}} (neun von zehn waren schneller).',
    none: 'Keine Entscheidung in dieser Zeit.',
    period: 'Zeitraum',
    last_one: 'Letzter Tag',
    last_other: 'Letzte {{count}} Tage',
    flow: 'Genehmigungsablauf',
    median: 'Median',
    p90: 'p90',
    decisions: 'Entscheidungen',
  },
  holders: {
    title: 'Bei wem Anfragen am längsten liegen',
    hint: 'Auf diese Personen warten Anfragen jetzt.',
    none: 'Keine Anfrage wartet auf jemanden.',
    name: 'Person',
    administrators: 'Administratoren',
    waiting: 'Warten',
    longest: 'Längste Wartezeit',
    open: '{{span}}: die Anfrage öffnen, die am längsten auf {{name}} wartet',
  },
}
