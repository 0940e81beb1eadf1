import type { components } from '../../api/schema.d.ts'

export type Settings = components['schemas']['Settings']
export type Feature = 'requestsEnabled' | 'exposeProgress'

export type MailKind = keyof Settings['mails']

const groups = ['toAdministrators', 'toApprovers', 'toRequesters'] as const

/** Who gets each mail that can be switched off, in the order of the page. */
const mailsTo: Record<MailKind, (typeof groups)[number]> = {
  review_requested_administrator: 'toAdministrators',
  request_for_approvers: 'toAdministrators',
  missing_data: 'toAdministrators',
  processing_error: 'toAdministrators',
  review_requested_approver: 'toApprovers',
  request_submitted: 'toRequesters',
  request_approved: 'toRequesters',
  request_denied: 'toRequesters',
  request_expired: 'toRequesters',
  request_canceled: 'toRequesters',
  access_ending: 'toRequesters',
  access_ended: 'toRequesters',
}
const mailKinds = Object.keys(mailsTo) as MailKind[]

/** Mails by who gets them. */
export const mailGroups = groups.map((to) => ({ to, kinds: mailKinds.filter((kind) => mailsTo[kind] === to) }))

/** Fields that hold a number, with the least and the most it may be; one that may be empty has no limit then. */
export const numberFields = {
  longestTokenDays: { least: 1, most: 366, mayBeEmpty: false },
  requestsPerHour: { least: 0, most: 10_000, mayBeEmpty: false },
  requestsPerHourToFlow: { least: 0, most: 10_000, mayBeEmpty: false },
  sentMailDays: { least: 1, most: 3650, mayBeEmpty: false },
  endedCredentialDays: { least: 1, most: 3650, mayBeEmpty: false },
  finishedRequestDays: { least: 1, most: 3650, mayBeEmpty: true },
  auditEventDays: { least: 30, most: 3650, mayBeEmpty: true },
} as const
export type NumberField = keyof typeof numberFields

/** Fields that hold a text; an empty one is nothing. */
export const textFields = ['companyName', 'companyColor', 'companyLogoUrl', 'mailReplyTo'] as const
/** Fields of which one is always chosen. */
export const choiceFields = ['language', 'timeZone'] as const
export type TextField = (typeof textFields)[number] | (typeof choiceFields)[number]
const allTextFields = [...textFields, ...choiceFields]

const allNumberFields = Object.keys(numberFields) as NumberField[]

/** What is switched or written differently from what is saved. */
export interface SettingsChanges {
  features: Partial<Record<Feature, boolean>>
  mails: Partial<Record<MailKind, boolean>>
  /** As they are written in their fields. */
  numbers: Partial<Record<NumberField, string>>
  texts: Partial<Record<TextField, string>>
}

export const noChanges: SettingsChanges = { features: {}, mails: {}, numbers: {}, texts: {} }

/** A number as it is written: a whole number from the least to the most, null for an empty field that may be so, or else nothing. */
export function numberOf(field: NumberField, text: string): number | null | undefined {
  const { least, most, mayBeEmpty } = numberFields[field]
  if (mayBeEmpty && text.trim() === '') return null
  const number = /^\d{1,5}$/.test(text.trim()) ? Number(text) : -1
  return number >= least && number <= most ? number : undefined
}

/** What stands in a field. */
export function numberShown(settings: Settings, { numbers }: SettingsChanges, field: NumberField): string {
  return numbers[field] ?? String(settings[field] ?? '')
}

/** What stands in a field that holds a text. */
export function textShown(settings: Settings, { texts }: SettingsChanges, field: TextField): string {
  return texts[field] ?? settings[field] ?? ''
}

/** The settings as they will be once the changes are saved. */
export function withChanges(settings: Settings, changes: SettingsChanges) {
  const { requestsEnabled, exposeProgress, mails } = settings
  const written = Object.fromEntries(
    allNumberFields
      .map((field) => [field, numberOf(field, numberShown(settings, changes, field))])
      .filter(([, number]) => number !== undefined),
  ) as Partial<Pick<Settings, NumberField>>
  const saved = Object.fromEntries(allNumberFields.map((field) => [field, settings[field]])) as Pick<
    Settings,
    NumberField
  >
  const texts = Object.fromEntries(
    allTextFields.map((field) => [field, textShown(settings, changes, field).trim() || null]),
  ) as Pick<Settings, TextField>
  return {
    requestsEnabled,
    exposeProgress,
    ...texts,
    ...changes.features,
    mails: { ...mails, ...changes.mails },
    ...saved,
    ...written,
  }
}

/** How many switches and fields stand differently from what is saved. */
export function countChanges(settings: Settings, changes: SettingsChanges): number {
  const after = withChanges(settings, changes)
  const features = (['requestsEnabled', 'exposeProgress'] as const).filter((each) => after[each] !== settings[each])
  const changedKinds = mailKinds.filter((kind) => after.mails[kind] !== settings.mails[kind])
  const changedNumbers = allNumberFields.filter(
    (field) => numberShown(settings, changes, field).trim() !== String(settings[field] ?? ''),
  )
  const changedTexts = allTextFields.filter((field) => after[field] !== settings[field])
  return features.length + changedKinds.length + changedNumbers.length + changedTexts.length
}
