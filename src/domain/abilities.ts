/** The one table of who may do what. Routes ask it before they act; answers carry its result for the caller. */
import type { AccessRequest } from './request/record.ts'
import { isDecidable, isOpen } from './request/record.ts'
import { waitsFor } from './request/steps.ts'
import type { Person } from './shared/person.ts'

export interface Actor extends Person {
  roles: readonly string[]
  /** Scopes of the API token the caller used; `undefined` for a browser session, which may do all that its user may. */
  scopes?: readonly string[] | undefined
}

/** What an API token may be for; one without scopes has all of these. */
export const scopes = [
  'requests:read',
  'requests:write',
  'directory:read',
  'directory:write',
  'audit:read',
  'settings:read',
  'settings:write',
] as const
/** Of tokens for `/scim/v2`, which do nothing else. */
const scimScope = 'scim'
export const tokenScopes = [...scopes, scimScope] as const
export type Scope = (typeof tokenScopes)[number]

/** Who may call a route at all, and the scope an API token needs for it; `session`: no token may. */
interface Permission {
  who: 'anyone' | 'user' | 'administrator'
  scope: Scope | 'session' | null
}

/** Every ability a route can ask for. A route without one of these does not compile. */
export const abilities = {
  'service.observe': { who: 'anyone', scope: null },
  /** What the service is called, and its logo: also on the sign-in page and in mails. */
  'company.read': { who: 'anyone', scope: null },
  'session.open': { who: 'anyone', scope: null },
  /** Asks for a one-time link, or sets a password with one. */
  'password.reset': { who: 'anyone', scope: null },
  'session.use': { who: 'user', scope: null },
  'logos.read': { who: 'user', scope: null },
  'tokens.own': { who: 'user', scope: 'settings:write' },
  /** Their language and time zone, and when mails go out to them. */
  'preferences.own': { who: 'user', scope: 'settings:write' },
  'password.own': { who: 'user', scope: 'session' },
  'credentials.own': { who: 'user', scope: 'session' },
  /** Other people's passwords, sessions and tokens, and who is an administrator. */
  'credentials.write': { who: 'administrator', scope: 'session' },
  'catalog.read': { who: 'user', scope: 'requests:read' },
  'requests.submit': { who: 'user', scope: 'requests:write' },
  'requests.own': { who: 'user', scope: 'requests:read' },
  'request.view': { who: 'user', scope: 'requests:read' },
  'request.review': { who: 'user', scope: 'requests:read' },
  'request.decide': { who: 'user', scope: 'requests:write' },
  'request.withdraw': { who: 'user', scope: 'requests:write' },
  'queue.read': { who: 'administrator', scope: 'requests:read' },
  /** Saved views of the queue. */
  'views.read': { who: 'administrator', scope: 'requests:read' },
  'views.write': { who: 'administrator', scope: 'settings:write' },
  'request.override': { who: 'administrator', scope: 'requests:write' },
  'grants.read': { who: 'administrator', scope: 'requests:read' },
  'grants.revoke': { who: 'administrator', scope: 'requests:write' },
  /** Gives one's own access back. */
  'grants.return': { who: 'user', scope: 'requests:write' },
  'flows.read': { who: 'administrator', scope: 'directory:read' },
  'flows.write': { who: 'administrator', scope: 'directory:write' },
  'directory.read': { who: 'administrator', scope: 'directory:read' },
  'directory.write': { who: 'administrator', scope: 'directory:write' },
  'audit.read': { who: 'administrator', scope: 'audit:read' },
  'settings.read': { who: 'administrator', scope: 'settings:read' },
  'settings.write': { who: 'administrator', scope: 'settings:write' },
  'mails.read': { who: 'administrator', scope: 'settings:read' },
  'mails.write': { who: 'administrator', scope: 'settings:write' },
  /** Systems that people come from. */
  'sources.read': { who: 'administrator', scope: 'settings:read' },
  'sources.write': { who: 'administrator', scope: 'settings:write' },
  /** The whole of `/scim/v2`. */
  'scim.use': { who: 'administrator', scope: scimScope },
  'engine.decode': { who: 'administrator', scope: 'audit:read' },
} as const satisfies Record<string, Permission>

export type Ability = keyof typeof abilities

/** All that is left to whoever must change their password first. */
const whileItMustBeChanged: readonly Ability[] = ['session.use', 'password.own']

/** Has the caller's password to be changed before they use a route with this ability? */
export function waitsForNewPassword(ability: Ability): boolean {
  return abilities[ability].who !== 'anyone' && !whileItMustBeChanged.includes(ability)
}

/** May this caller use a route with this ability? `null` is somebody who is not signed in. */
export function mayUse(actor: Actor | null, ability: Ability): boolean {
  const { who, scope }: Permission = abilities[ability]
  if (who === 'anyone') return true
  if (!actor || (who === 'administrator' && !isAdministrator(actor))) return false
  if (actor.scopes?.includes(scimScope)) return scope === scimScope
  return !scope || !actor.scopes || (scope !== 'session' && actor.scopes.includes(scope))
}

/** What can be done to one request, each asked of the request as it is now. */
export const requestAbilities = ['view', 'review', 'grant', 'deny', 'decide', 'withdraw'] as const
export type RequestAbility = (typeof requestAbilities)[number]

export function isAdministrator(actor: Pick<Actor, 'roles'>): boolean {
  return actor.roles.includes('admin')
}

/** What abilities depend on. */
export type Judged = Pick<AccessRequest, 'status' | 'provisioning' | 'steps'> & { requester: { id: string } }

function isApprover(actor: Actor, request: Judged): boolean {
  return request.steps.some(
    (step) =>
      step.approvers.some((person) => person.id === actor.id) ||
      step.decisions.some((decision) => decision.by.id === actor.id),
  )
}

const rules: Record<RequestAbility, (actor: Actor, request: Judged) => boolean> = {
  view: (actor, request) => isAdministrator(actor) || request.requester.id === actor.id || isApprover(actor, request),
  /** See what the requester already has: approvers only for as long as there is something to decide. */
  review: (actor, request) => isAdministrator(actor) || (isOpen(request) && isApprover(actor, request)),
  grant: (actor, request) => isAdministrator(actor) && request.requester.id !== actor.id && isDecidable(request),
  deny: (actor, request) => isAdministrator(actor) && request.requester.id !== actor.id && isDecidable(request),
  decide: (actor, request) => isDecidable(request) && waitsFor(request, actor.id),
  withdraw: (actor, request) => request.requester.id === actor.id && isDecidable(request),
}

/** May `actor` do this to this request now? */
export function can(actor: Actor, ability: RequestAbility, request: Judged): boolean {
  return rules[ability](actor, request)
}

/** Every ability of the caller on one request, as answers carry them. */
export function abilitiesOf(actor: Actor, request: Judged): Record<RequestAbility, boolean> {
  return Object.fromEntries(requestAbilities.map((ability) => [ability, can(actor, ability, request)])) as Record<
    RequestAbility,
    boolean
  >
}
