import type { components } from '../../api/schema.d.ts'

export type Settings = components['schemas']['Settings']
export type Feature = 'requestsEnabled' | 'exposeProgress'

/** Mails by who gets them. */
export const mailGroups = [
  { to: 'toAdministrators', kinds: ['review_requested_administrator', 'missing_data', 'processing_error'] },
  { to: 'toApprovers', kinds: ['review_requested_approver'] },
  {
    to: 'toRequesters',
    kinds: [
      'request_submitted',
      'request_approved',
      'request_denied',
      'request_expired',
      'request_canceled',
      'access_ending',
      'access_ended',
    ],
  },
] as const

export type MailKind = (typeof mailGroups)[number]['kinds'][number]

/** The longest life of API tokens that can be set. */
const mostTokenDays = 366

/** What is switched or written differently from what is saved. */
export interface SettingsChanges {
  features: Partial<Record<Feature, boolean>>
  mails: Partial<Record<MailKind, boolean>>
  /** As it is written in its field. */
  longestTokenDays?: string
}

export const noChanges: SettingsChanges = { features: {}, mails: {} }

/** Days as they are written: a whole number from 1 to 366, or else nothing. */
export function tokenDaysOf(text: string): number | undefined {
  const days = /^\d{1,3}$/.test(text.trim()) ? Number(text) : 0
  return days >= 1 && days <= mostTokenDays ? days : undefined
}

/** The settings as they will be once the changes are saved. */
export function withChanges(settings: Settings, changes: SettingsChanges) {
  const { requestsEnabled, exposeProgress, mails } = settings
  const after: Settings['mails'] = { ...mails }
  for (const [kind, isOn] of Object.entries(changes.mails)) after[kind] = isOn
  const written = changes.longestTokenDays === undefined ? undefined : tokenDaysOf(changes.longestTokenDays)
  const longestTokenDays = written ?? settings.longestTokenDays
  return { requestsEnabled, exposeProgress, ...changes.features, mails: after, longestTokenDays }
}

/** How many switches and fields stand differently from what is saved. */
export function countChanges(settings: Settings, changes: SettingsChanges): number {
  const after = withChanges(settings, changes)
  const features = (['requestsEnabled', 'exposeProgress'] as const).filter((each) => after[each] !== settings[each])
  const kinds = Object.keys(changes.mails)
  const days = changes.longestTokenDays?.trim() ?? String(settings.longestTokenDays)
  const hasOtherDays = days !== String(settings.longestTokenDays)
  const changedKinds = kinds.filter((kind) => after.mails[kind] !== settings.mails[kind])
  return features.length + changedKinds.length + (hasOtherDays ? 1 : 0)
}
