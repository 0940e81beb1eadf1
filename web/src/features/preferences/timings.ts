/** When mails of each kind may go out, as the service offers it, and whether only administrators get them. */
import type { components } from '../../api/schema.d.ts'

type Mails = components['schemas']['Preferences']['mails']
export type Timing = Mails[keyof Mails]

const needed = ['at_once', 'daily', 'weekly'] as const
const dispensable = ['at_once', 'daily', 'weekly', 'none'] as const

interface Offered {
  timings: readonly Timing[]
  isForAdministrators: boolean
}

const toEverybody = (timings: readonly Timing[]): Offered => ({ timings, isForAdministrators: false })
const toAdministrators = (timings: readonly Timing[]): Offered => ({ timings, isForAdministrators: true })

export const timingsOf: Record<keyof Mails, Offered> = {
  review_requested_approver: toEverybody(needed),
  request_submitted: toEverybody(dispensable),
  request_approved: toEverybody(needed),
  request_denied: toEverybody(needed),
  request_expired: toEverybody(needed),
  request_canceled: toEverybody(needed),
  access_ending: toEverybody(['at_once', 'daily', 'none']),
  access_ended: toEverybody(dispensable),
  review_requested_administrator: toAdministrators(needed),
  request_for_approvers: toAdministrators(dispensable),
  missing_data: toAdministrators(needed),
  processing_error: toAdministrators(needed),
}
