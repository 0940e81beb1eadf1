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
  { to: 'toEverybody', kinds: ['sign_in_failures'] },
] as const

export type MailKind = (typeof mailGroups)[number]['kinds'][number]

/** What is switched differently from what is saved. */
export interface SettingsChanges {
  features: Partial<Record<Feature, boolean>>
  mails: Partial<Record<MailKind, boolean>>
}

export const noChanges: SettingsChanges = { features: {}, mails: {} }

/** The settings as they will be once the changes are saved. */
export function withChanges({ requestsEnabled, exposeProgress, mails }: Settings, changes: SettingsChanges) {
  const after: Settings['mails'] = { ...mails }
  for (const [kind, isOn] of Object.entries(changes.mails)) after[kind] = isOn
  return { requestsEnabled, exposeProgress, ...changes.features, mails: after }
}

/** How many switches stand differently from what is saved. */
export function countChanges(settings: Settings, changes: SettingsChanges): number {
  const after = withChanges(settings, changes)
  const features = (['requestsEnabled', 'exposeProgress'] as const).filter((each) => after[each] !== settings[each])
  const kinds = Object.keys(changes.mails)
  return features.length + kinds.filter((kind) => after.mails[kind] !== settings.mails[kind]).length
}
