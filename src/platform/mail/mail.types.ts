/** The mails of the product: who gets what, and with which facts. */
import type { MissingData } from '../../domain/request/record.ts'

/** Kinds that can be switched off in Settings. */
export const switchableMailKinds = [
  'review_requested_administrator',
  'request_for_approvers',
  'review_requested_approver',
  'request_submitted',
  'request_approved',
  'request_denied',
  'request_expired',
  'request_canceled',
  'access_ending',
  'access_ended',
  'missing_data',
  'processing_error',
] as const

/** When mails of a kind go out to a person; `none`: not at all. */
export const mailTimings = ['at_once', 'daily', 'weekly', 'none'] as const
export type MailTiming = (typeof mailTimings)[number]

type SwitchableMailKind = (typeof switchableMailKinds)[number]
/** What a person has chosen; at once where nothing stands. */
export type MailTimings = Partial<Record<SwitchableMailKind, MailTiming>>

/** Kinds about which somebody may hear nothing at all: they ask for no act, and what they tell stands in the portal. */
const dispensable: readonly MailKind[] = ['request_for_approvers', 'request_submitted', 'access_ending', 'access_ended']

/** What a person may choose for a kind. A week could be longer than what is left of the access that ends. */
export function timingsOf(kind: SwitchableMailKind): MailTiming[] {
  const isOffered = { at_once: true, daily: true, weekly: kind !== 'access_ending', none: dispensable.includes(kind) }
  return mailTimings.filter((timing) => isOffered[timing])
}

/** What people hear about their own account, whatever the settings say. */
export const securityMailKinds = [
  'sign_in_failures',
  'new_device',
  'password_reset',
  'invitation',
  'password_changed',
  'address_changed',
  'token_created',
] as const

/** What administrators hear of each other, whatever the settings say. */
export const administrationMailKinds = ['administrator_made', 'member_added', 'change_waits'] as const

/** Goes out at once, past the queue, when an administrator tries out the mail server. */
export const trialMailKind = 'mail_test'

export const mailKinds = [
  ...switchableMailKinds,
  ...securityMailKinds,
  ...administrationMailKinds,
  trialMailKind,
] as const
export type MailKind = (typeof mailKinds)[number]

/** Kinds of which several to one person go out as one mail. */
export type GatheredMailKind = SwitchableMailKind | (typeof administrationMailKinds)[number]

/** Mails about somebody's own account go out each by itself, and at once; of others several can be one mail. */
export function isGathered(kind: MailKind): kind is GatheredMailKind {
  return ([...switchableMailKinds, ...administrationMailKinds] as MailKind[]).includes(kind)
}

/**
 * Kinds of which several that come together go out as one: to those who decide or administer. Whoever asked hears of each
 * request by itself, unless they chose a daily or weekly mail.
 */
export const gatheredAtOnce: readonly GatheredMailKind[] = [
  'review_requested_administrator',
  'request_for_approvers',
  'review_requested_approver',
  'missing_data',
  'processing_error',
  ...administrationMailKinds,
]

/** Whether the mail carries a one-time link, which is gone once the mail was sent or refused. */
export function carriesLink(kind: MailKind): boolean {
  return kind === 'password_reset' || kind === 'invitation'
}

export interface MailRecipient {
  id: string
  name: string
  email: string
}

/** What a mail says that carries a one-time link. */
export interface MailOfLink {
  /** Of the link; sealed and in base64 until the mail is rendered, and gone once it was sent. */
  token?: string
  /** The account. */
  email: string
  expiresAt: string
  /** Name of the administrator who caused it; null when it was asked for on the sign-in page. */
  causedBy: string | null
}

/** What most mails say about a request. */
export interface MailRequest {
  id: string
  flowName: string
  requester: { name: string; email: string; department: string | null }
  reason: string
  /** ISO-8601, or null for access without an end. */
  duration: string | null
  createdAt: string
  expiresAt: string | null
}

/** The facts each kind is rendered from, kept with the mail until it is sent. */
export interface MailData {
  review_requested_administrator: { request: MailRequest }
  /** To administrators, of a request that others decide. */
  request_for_approvers: { request: MailRequest; approvers: string[] }
  review_requested_approver: { request: MailRequest; steps: string[] }
  /** `approvers` is null when progress is not exposed to requesters. */
  request_submitted: { request: MailRequest; approvers: string[] | null }
  /** `alreadyHeld`: the requester had the access for as long already. */
  request_approved: { request: MailRequest; message: string | null; expiresAt: string | null; alreadyHeld?: boolean }
  request_denied: { request: MailRequest; reason: string | null; nextSteps: string | null }
  request_expired: { request: MailRequest }
  request_canceled: { request: MailRequest; cause: string }
  access_ending: { flowName: string; flowId: string; expiresAt: string; canAskAgain?: boolean }
  access_ended: {
    flowName: string
    flowId: string
    endedAt: string
    revoked: boolean
    returned?: boolean
    /** Whether the flow is there for its reader; it is when this is left out. */
    canAskAgain?: boolean
  }
  missing_data: { request: MailRequest; missing: Pick<MissingData, 'step' | 'detail'>[] }
  /** `isTaking`: access that ended could not be taken away, rather than given. */
  processing_error: { request: MailRequest; message: string; attempts: number; isTaking?: boolean }
  /** `email` is the account that is guessed at, `clientIp` where the last guess came from, when that is known. */
  sign_in_failures: { email: string; failures: number; lastAt: string; clientIp: string | null }
  /** A sign-in that succeeded from where the account was not used within a year. */
  new_device: { email: string; at: string; clientIp: string | null; userAgent: string | null }
  /** To every administrator. */
  administrator_made: { userId: string; person: string; email: string; by: string; at: string }
  /** A direct membership in a group that an approval flow gives; to every administrator. */
  member_added: {
    person: string
    email: string
    groupId: string
    group: string
    by: string
    at: string
    /** How many were put in beside them, at once. */
    others?: number
  }
  /** `isAdministrator`: what the person is to be; null when it is about a group. */
  change_waits: { by: string; person: string; isAdministrator: boolean | null; group: string | null }
  mail_test: { by: string }
  password_reset: MailOfLink
  invitation: MailOfLink
  password_changed: { email: string; at: string; clientIp: string | null; byLink: boolean }
  address_changed: { from: string; to: string; at: string; changedBy: string }
  /** No scopes: everything that a token may. */
  token_created: { name: string; scopes: string[]; expiresAt: string | null; at: string; clientIp: string | null }
}

export type MailIntent = {
  [K in MailKind]: {
    kind: K
    /** Without an id it goes to this very address, else to the one that the person has when it is sent. */
    to: Omit<MailRecipient, 'id'> & { id: string | null }
    data: MailData[K]
    /** One event gives one mail: the same key is queued once, however often it is asked for. */
    key: string
    accessRequestId: string | null
  }
}[MailKind]
