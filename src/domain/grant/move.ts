/** One move of a grant: revoked, extended, ended. The row arbitrates, as for requests (`arbiter.ts`). */

import type { ActingUser } from '../request/facts.ts'
import type { Origin } from '../request/messages.ts'
import type { ErrorCode } from '../shared/errors.ts'
import { DomainError } from '../shared/errors.ts'
import { asNextVersion } from '../shared/repair.ts'
import type { AccessGrant, ExtendMessage, GrantEnd, ReturnMessage, RevokeMessage } from './record.ts'
import { refuseExtension } from './record.ts'

export type GrantMessage =
  | ({ type: 'revoke' } & RevokeMessage)
  /** Whoever has the access gives it back. */
  | ({ type: 'return' } & ReturnMessage)
  | ({ type: 'extend' } & ExtendMessage)
  /** Its time is over, unless it was extended meanwhile. */
  | { type: 'expire' }
  /** Its user is told that it ends soon. */
  | { type: 'announce' }
  /** The connected system has taken the user out. */
  | { type: 'takenAway' }
  | { type: 'notTakenAway'; message: string }
  /** Compares what the workflow knows with the row, and with the directory: whoever is suspended has no access. */
  | { type: 'lookAgain' }
  /** A signal that could not be read. */
  | { type: 'unreadable'; name: string; by: string | null; code: ErrorCode; detail: string }

export type GrantEvent =
  | { type: 'ending_soon'; expiresAt: string }
  | { type: 'extended'; by: string; from: string | null; until: string; origin?: Origin | undefined }
  | { type: 'ended'; end: GrantEnd }
  | { type: 'not_ended'; message: string }

/** A message to a grant, as its workflow knows the grant. */
export interface GrantProposal {
  grant: AccessGrant
  message: GrantMessage
  /** The same for every repetition of the same message. */
  messageId: string
  /** RFC 3339 */
  at: string
  isSignal: boolean
  isSealed: boolean
}

export interface GrantVerdict {
  grant: AccessGrant
  events: GrantEvent[]
  refusal: DomainError | null
}

type Moved = Omit<GrantVerdict, 'refusal'>

/** The directory at this moment. */
export interface GrantFacts {
  actor: ActingUser | null
  /** Whether the user of the grant is activated, and was all the time since it was given. */
  isActivated: boolean
}

/** @param stored the row; null when there is none */
export function arbitrateGrant(
  stored: AccessGrant | null,
  { grant: known, message, messageId, at }: GrantProposal,
  facts: GrantFacts,
): GrantVerdict {
  const { grant: current, events: missed } = caughtUp(stored, known)
  if (current.carriedOut.includes(messageId)) return { grant: current, events: missed, refusal: null }
  try {
    const moved = apply(current, message, { ...facts, at })
    const grant = moved.grant === current ? current : asNextVersion(moved.grant, current, messageId)
    return { grant, events: [...missed, ...moved.events], refusal: null }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { grant: current, events: missed, refusal: error }
  }
}

function caughtUp(stored: AccessGrant | null, known: AccessGrant): Moved {
  if (stored !== null && stored.version >= known.version) return { grant: stored, events: [] }
  const isEnding = known.endedAt !== null && stored?.endedAt == null && known.end !== null
  return {
    grant: { ...(stored ?? known), ...momentsOf(known) },
    events: isEnding ? [{ type: 'ended', end: known.end as GrantEnd }] : [],
  }
}

/** What changes in the life of a grant. */
function momentsOf({ expiresAt, version, carriedOut, end, endedAt }: AccessGrant) {
  return { expiresAt, version, carriedOut, end, endedAt }
}

/** @throws DomainError `grant_ended` */
export function refuseEnded({ end, endedAt }: AccessGrant): void {
  if (!end && !endedAt) return
  throw new DomainError('grant_ended', `This access has ended or is being taken away since ${end?.at ?? endedAt}.`, {
    current: 'ended',
    endedAt,
  })
}

function refuseUnlessAdministrator(actor: ActingUser | null): void {
  if (!actor?.activated || !actor.isAdministrator)
    throw new DomainError('not_an_administrator', 'Only an administrator can end or extend access.')
}

/** Whether its holder gave it back. */
export function isReturned({ user, end }: Pick<AccessGrant, 'user' | 'end'>): boolean {
  return end?.by === user.id
}

interface Acting extends GrantFacts {
  at: string
}

type Rules = {
  [T in GrantMessage['type']]: (
    grant: AccessGrant,
    message: Extract<GrantMessage, { type: T }>,
    acting: Acting,
  ) => Moved | undefined
}

const rules: Rules = {
  revoke(grant, { by, origin }, { actor, at }) {
    refuseEnded(grant)
    refuseUnlessAdministrator(actor)
    return begin(grant, { at, by, origin })
  },
  return(grant, { by, origin }, { actor, at }) {
    refuseEnded(grant)
    if (!actor?.activated || actor.id !== grant.user.id)
      throw new DomainError('forbidden', 'Only whoever has this access can return it; an administrator can revoke it.')
    return begin(grant, { at, by, origin })
  },
  extend(grant, { by, until, origin }, { actor }) {
    refuseEnded(grant)
    refuseExtension(grant, until)
    refuseUnlessAdministrator(actor)
    return {
      grant: { ...grant, expiresAt: until },
      events: [{ type: 'extended', by, from: grant.expiresAt, until, origin }],
    }
  },
  expire: (grant, _message, { at }) =>
    !grant.end && grant.expiresAt !== null && grant.expiresAt <= at ? begin(grant, { at, by: null }) : undefined,
  announce: (grant, _message, { at }) =>
    !grant.end && grant.expiresAt !== null && grant.expiresAt > at
      ? { grant, events: [{ type: 'ending_soon', expiresAt: grant.expiresAt }] }
      : undefined,
  takenAway: (grant) => (grant.end && !grant.endedAt ? finish(grant, grant.end) : undefined),
  notTakenAway: (grant, { message }) =>
    grant.endedAt ? undefined : { grant, events: [{ type: 'not_ended', message }] },
  lookAgain: (grant, _message, { at, isActivated }) =>
    isActivated || grant.end || grant.endedAt ? undefined : begin(grant, { at, by: null, cause: 'user_suspended' }),
  unreadable(_grant, { code, detail }) {
    throw new DomainError(code, detail)
  },
}

function apply(grant: AccessGrant, message: GrantMessage, acting: Acting): Moved {
  const rule = rules[message.type] as (grant: AccessGrant, message: GrantMessage, acting: Acting) => Moved | undefined
  return rule(grant, message, acting) ?? { grant, events: [] }
}

/** The directory itself takes it away at once; a connected system is asked first. */
function begin(grant: AccessGrant, end: GrantEnd): Moved {
  return grant.connectorId === null ? finish(grant, end) : { grant: { ...grant, end }, events: [] }
}

function finish(grant: AccessGrant, end: GrantEnd): Moved {
  return { grant: { ...grant, end, endedAt: end.at }, events: [{ type: 'ended', end }] }
}
