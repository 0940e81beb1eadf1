/** What an outcome has to have done, once: grant, membership, entries of Directory Insights, mails. */
import { type Case, type Check, difference, lost } from './checks.ts'
import { briefly } from './company.ts'

const first = ({ grants }: Case) => grants[0] ?? null
const isElsewhere = ({ entry }: Case) => entry.flow.kind === 'webhook'

const grant: Check[] = [
  lost('is approved without a grant', ({ isApproved, grants }) => isApproved && grants.length === 0),
  difference('has more grants than one', ({ grants }) => grants.length > 1),
  difference('has a grant without being approved', ({ isApproved, grants }) => !isApproved && grants.length > 0),
  difference('its grant is for somebody or something else', ({ entry, grants }) =>
    grants.some(({ userId, groupId }) => userId !== entry.requesterId || groupId !== entry.flow.groupId),
  ),
  difference('its grant has an end, or lacks one', ({ entry, grants }) =>
    grants.some(({ expiresAt }) => (expiresAt !== null) !== (entry.duration !== null)),
  ),
  lost('its access should have ended', ({ entry, hasAccess }) => hasAccess && entry.duration === briefly),
  difference('the workflow of its grant is', (one) => {
    const wanted = first(one)?.endedAt ? 'COMPLETED' : 'RUNNING'
    return one.grantWorkflow !== null && one.grantWorkflow !== wanted && `${one.grantWorkflow}, not ${wanted}`
  }),
]

/** How an error begins that only the connected system can be the reason of. */
const elsewhere = /^The (webhook at|connected system)/

const error: Check[] = [
  // Our own database being away delays and never fails.
  difference(
    'was in error although the connected system was not the reason',
    ({ events: all }) => all.find(({ to, error: why }) => to === 'error' && !elsewhere.test(why ?? ''))?.error ?? false,
  ),
]

const membership: Check[] = [
  lost('has access, and its requester is not in the group', ({ hasAccess, isMember }) => hasAccess && !isMember),
  difference('its requester is in the group without access', ({ hasAccess, isMember }) => !hasAccess && isMember),
  lost(
    'has access without membership at the target',
    (one) => isElsewhere(one) && one.hasAccess && !one.isMemberAtTarget,
  ),
  difference(
    'has membership at the target without access',
    (one) => isElsewhere(one) && !one.hasAccess && one.isMemberAtTarget,
  ),
  difference('the target was told to give access under several ids', ({ additions }) => additions > 1),
]

const count = ({ events }: Case, to: string) => events.filter((event) => event.to === to).length
const decisions = ({ events }: Case) =>
  events.filter(({ type, success }) => success && type === 'access_management_access_request_approval')

const events: Check[] = [
  difference(
    'its submission is not once in Directory Insights',
    (one) => one.row !== null && count(one, 'pending') !== 1,
  ),
  difference(
    'its outcome is not once in Directory Insights',
    (one) => one.row !== null && count(one, one.row.status) !== 1 && `${one.row.status}: ${count(one, one.row.status)}`,
  ),
  difference('has a second outcome in Directory Insights', (one) => count(one, 'approved') + count(one, 'denied') > 1),
  // Access that could not be given is decided anew.
  difference(
    'its decision is too often in Directory Insights',
    (one) => decisions(one).length > 1 + count(one, 'error') && String(decisions(one).length),
  ),
  difference(
    'its decider is not in Directory Insights',
    (one) => one.row !== null && decisions(one).at(-1)?.initiatedBy !== one.row.decidedBy,
  ),
]

/** How many mails of each kind about outcomes a request has to have made. */
function wantedMails({ row, grants }: Case): [string, number][] {
  return [
    ['request_submitted', 1],
    ['request_approved', row?.status === 'approved' ? 1 : 0],
    ['request_denied', row?.status === 'denied' ? 1 : 0],
    ['access_ended', grants.some(({ endedAt }) => endedAt !== null) ? 1 : 0],
  ]
}

const mailsOf = ({ mails }: Case, kind: string) => mails.filter((mail) => mail.kind === kind)

const mails: Check[] = [
  lost('a mail did not arrive', (one) => {
    const missing = wantedMails(one).filter(([kind, times]) => mailsOf(one, kind).filter(one.hasArrived).length < times)
    const states = missing.map(([kind]) => `${kind}: ${mailsOf(one, kind)[0]?.state ?? 'never written'}`)
    return one.row !== null && states.join(', ')
  }),
  difference('has mails too many', (one) => {
    const surplus = wantedMails(one).filter(([kind, times]) => mailsOf(one, kind).length > times)
    return one.row !== null && surplus.map(([kind]) => `${kind}: ${mailsOf(one, kind).length}`).join(', ')
  }),
]

export const checksOfEffects = [...grant, ...error, ...membership, ...events, ...mails]
