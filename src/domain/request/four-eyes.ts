/**
 * Four eyes of one person: whoever makes an account, promotes it, or resets its credentials can act through it. For 30
 * days a decision for them by such an account is flagged, or refused.
 */

import { DomainError } from '../shared/errors.ts'
import type { ActingUser } from './facts.ts'
import type { AccessRequest } from './record.ts'

export const fourEyesSettings = ['off', 'record', 'require'] as const
export type FourEyes = (typeof fourEyesSettings)[number]

/** What one person has done to the account of another. */
export const accountActs = ['made', 'promoted', 'credentials_reset'] as const
export type AccountAct = (typeof accountActs)[number]

/** What a requester has done to the account of whoever decides, in the last 30 days. */
export interface Tie {
  act: AccountAct
  /** Under `require`. */
  isForbidden: boolean
}

/** How long such an act counts, as an interval of Postgres. */
export const tieLasts = '30 days'

const words: Record<AccountAct, string> = {
  made: 'made your account',
  promoted: 'made you an administrator',
  credentials_reset: 'had your credentials reset',
}

/**
 * What a decision in the requester's favour is flagged with.
 * @throws DomainError `four_eyes` where it is refused
 */
export function fourEyesOf(request: AccessRequest, { tie }: ActingUser): { fourEyes?: AccountAct } {
  if (!tie) return {}
  if (!tie.isForbidden) return { fourEyes: tie.act }
  throw new DomainError(
    'four_eyes',
    `${request.requester.name} ${words[tie.act]} in the last 30 days: somebody else has to grant this.`,
    { current: request.status },
  )
}
