import type { portal as source } from '../en/portal.ts'
import type { Translation } from '../translation.ts'

export const portal: Translation<typeof source> = {
  applications: {
    title: 'Anwendungen',
    intro: 'Was Sie haben, und bis wann.',
    emptyTitle: 'Sie haben noch keine Anwendungen',
    emptyText: 'Fragen Sie unter „Anfragen“ Zugriff an; sobald er gegeben ist, erscheint er hier.',
    until: 'Der Zugriff endet',
    always: 'Ohne Enddatum',
  },
}
