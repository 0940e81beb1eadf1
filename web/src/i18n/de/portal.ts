import type { portal as source } from '../en/portal.ts'
import type { Translation } from '../translation.ts'

export const portal: Translation<typeof source> = {
  applications: {
    title: 'Anwendungen',
    intro: 'Was Sie haben, und bis wann.',
    toCatalog: 'Zugriff anfragen',
    emptyTitle: 'Sie haben noch keine Anwendungen',
    emptyText: 'Fragen Sie unter „Anfragen“ Zugriff an; sobald er gegeben ist, erscheint er hier.',
    until: 'Der Zugriff endet',
    actions: 'Aktionen für {{name}}',
    extend: 'Verlängern: {{flow}}',
    return: 'Zugriff zurückgeben',
    returnTitle: 'Zugriff auf {{name}} zurückgeben?',
    returnText: 'Sie verlieren {{name}} sofort. Wenn Sie es wieder brauchen, fragen Sie es neu an.',
    returnKept:
      'Was Sie angefragt hatten, endet sofort. {{name}} behalten Sie trotzdem, weil ein Administrator Sie in eine Gruppe aufgenommen hat, die es hat.',
    returnOthers: 'Damit verlieren Sie auch:',
    returned: 'Sie haben den Zugriff auf {{name}} zurückgegeben.',
    returning: 'Der Zugriff auf {{name}} wird gerade entzogen.',
    always: 'Ohne Enddatum',
  },
}
