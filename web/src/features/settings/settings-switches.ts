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

/** Fields that hold a number of days, with the least and the most it may be; one that may be empty keeps things for ever then. */
export const dayFields = {
  longestTokenDays: { least: 1, most: 366, mayBeEmpty: false },
  sentMailDays: { least: 1, most: 3650, mayBeEmpty: false },
  finishedRequestDays: { least: 1, most: 3650, mayBeEmpty: true },
  auditEventDays: { least: 30, most: 3650, mayBeEmpty: true },
} as const
export type DayField = keyof typeof dayFields
const allDayFields = Object.keys(dayFields) as DayField[]

/** What is switched or written differently from what is saved. */
export interface SettingsChanges {
  features: Partial<Record<Feature, boolean>>
  mails: Partial<Record<MailKind, boolean>>
  /** As they are written in their fields. */
  days: Partial<Record<DayField, string>>
}

export const noChanges: SettingsChanges = { features: {}, mails: {}, days: {} }

/** Days as they are written: a whole number from the least to the most, null for an empty field that may be so, or else nothing. */
export function daysOf(field: DayField, text: string): number | null | undefined {
  const { least, most, mayBeEmpty } = dayFields[field]
  if (mayBeEmpty && text.trim() === '') return null
  const days = /^\d{1,4}$/.test(text.trim()) ? Number(text) : 0
  return days >= least && days <= most ? days : undefined
}

/** What stands in a field. */
export function daysShown(settings: Settings, { days }: SettingsChanges, field: DayField): string {
  return days[field] ?? String(settings[field] ?? '')
}

/** The settings as they will be once the changes are saved. */
export function withChanges(settings: Settings, changes: SettingsChanges) {
  const { requestsEnabled, exposeProgress, mails } = settings
  const { longestTokenDays, sentMailDays, finishedRequestDays, auditEventDays } = settings
  const after: Settings['mails'] = { ...mails }
  for (const [kind, isOn] of Object.entries(changes.mails)) after[kind] = isOn
  const written = Object.fromEntries(
    allDayFields
      .map((field) => [field, daysOf(field, daysShown(settings, changes, field))])
      .filter(([, days]) => days !== undefined),
  ) as Partial<Pick<Settings, DayField>>
  const days = { longestTokenDays, sentMailDays, finishedRequestDays, auditEventDays, ...written }
  return { requestsEnabled, exposeProgress, ...changes.features, mails: after, ...days }
}

/** How many switches and fields stand differently from what is saved. */
export function countChanges(settings: Settings, changes: SettingsChanges): number {
  const after = withChanges(settings, changes)
  const features = (['requestsEnabled', 'exposeProgress'] as const).filter((each) => after[each] !== settings[each])
  const kinds = Object.keys(changes.mails)
  const changedKinds = kinds.filter((kind) => after.mails[kind] !== settings.mails[kind])
  const changedDays = allDayFields.filter(
    (field) => daysShown(settings, changes, field).trim() !== String(settings[field] ?? ''),
  )
  return features.length + changedKinds.length + changedDays.length
}
