/** The ledger of `npm run faults` finds each kind of fault: a comparison that cannot fail proves nothing. */
import { describe, expect, test } from 'vitest'
import { compare } from '../../scripts/faults/compare.ts'
import type { Told } from '../../scripts/faults/ledger.ts'
import type { Repeats } from '../../scripts/faults/repeats.ts'
import { aLedger, type Ledger } from './a-ledger.ts'

const none: Repeats = { all: 0, outcomes: 0, excuses: 0, unexplained: [] }

function findings({ entry, facts }: Ledger, repeats = none): string[] {
  return compare([entry], facts, repeats).map(({ kind, text }) => `${kind}: ${text}`)
}

const lostTo = (status: string, by = 'ann'): Told => ({ how: 'lost', status, by })
const first = <T>(map: Map<string, T>): T => map.get('request') as T

const sound: [string, Ledger][] = [
  ['an approved request', aLedger()],
  ['a denied request', aLedger({ outcome: 'denied' })],
  ['access at another system', aLedger({ kind: 'webhook' })],
  ['a denied request for access at another system', aLedger({ outcome: 'denied', kind: 'webhook' })],
  ['timed access', aLedger({ kind: 'timed', duration: 'P1D' })],
]

test.each(sound)('nothing is found where all agree: %s', (_name, ledger) => {
  expect(findings(ledger)).toEqual([])
})

const broken: [string, string, (ledger: Ledger) => unknown, Ledger?][] = [
  [
    'an acknowledged request is gone',
    'lost: was acknowledged, and is not',
    ({ facts }) => facts.rows.delete('request'),
  ],
  [
    'an administrator never got an answer',
    'lost: nobody ever said how it ended',
    ({ entry }) => Object.assign(entry.sides[1], { told: null }),
  ],
  [
    'a request was never acknowledged',
    'lost: was never acknowledged: 404 not_found',
    ({ entry }) => Object.assign(entry, { ids: [], refusal: '404 not_found' }),
  ],
  ['one key made two requests', 'difference: was answered with several ids', ({ entry }) => entry.ids.push('another')],
  [
    'one submission stands in the queue twice',
    'difference: is in the queue more than once',
    ({ facts }) => facts.rows.set('another', { ...first(facts.rows), id: 'another' }),
  ],
  [
    'both were told success',
    'both: has not exactly one winner: grant was told success, deny was told success',
    ({ entry }) => Object.assign(entry.sides[1], { told: { how: 'won' } }),
  ],
  [
    'neither was told success',
    'both: has not exactly one winner',
    ({ entry }) => Object.assign(entry.sides[0], { told: lostTo('denied', 'ben') }),
  ],
  [
    'the loser was told another outcome',
    'both: its loser was told another outcome',
    ({ entry }) => Object.assign(entry.sides[1], { told: lostTo('canceled') }),
  ],
  [
    'the loser was told another winner',
    'difference: its loser was not told who won',
    ({ entry }) => Object.assign(entry.sides[1], { told: lostTo('approved', 'dan') }),
  ],
  [
    'a repeated call got another answer',
    'both: one call was answered in two ways',
    ({ entry }) => Object.assign(entry.sides[0], { toldAgain: lostTo('denied') }),
  ],
  [
    'an answer is neither success nor refusal',
    'difference: got an answer that fits nothing',
    ({ entry }) => Object.assign(entry.sides[1], { told: { how: 'otherwise', status: 404, said: '404 not_found' } }),
  ],
  [
    'the loser was answered with a success',
    'both: an outcome that was not asked for was answered as a success',
    ({ entry }) => Object.assign(entry.sides[1], { told: { how: 'otherwise', status: 200, said: '200 approved' } }),
  ],
  [
    'our own database made an error of a request',
    'difference: was in error although the connected system was not the reason: Failed query',
    ({ facts }) =>
      first(facts.events).push({ type: '', success: false, initiatedBy: null, to: 'error', error: 'Failed query' }),
  ],
  [
    'a request has no outcome',
    'lost: has no outcome: pending',
    ({ facts }) => Object.assign(first(facts.rows), { status: 'pending' }),
  ],
  [
    'the row has another outcome',
    'both: its row says otherwise than its winner was told: denied, not approved',
    ({ facts }) => Object.assign(first(facts.rows), { status: 'denied' }),
  ],
  [
    'the row names another decider',
    'difference: its row names another decider',
    ({ facts }) => Object.assign(first(facts.rows), { decidedBy: 'ben' }),
  ],
  [
    'the workflow still runs',
    'lost: its workflow has not ended: RUNNING',
    ({ facts }) => facts.workflows.set('request', { status: 'RUNNING', result: null, state: null }),
  ],
  [
    'the workflow has another outcome',
    'difference: its workflow and its row have other outcomes: denied',
    ({ facts }) => Object.assign(first(facts.workflows), { result: 'denied' }),
  ],
  [
    'the workflow has a later version',
    'difference: its workflow and the API differ in: version',
    ({ facts }) => Object.assign(first(facts.shown), { version: 1 }),
  ],
  ['there is no grant', 'lost: is approved without a grant', ({ facts }) => facts.grants.delete('request')],
  [
    'there are two grants',
    'difference: has more grants than one',
    ({ facts }) => first(facts.grants).push(...structuredClone(first(facts.grants))),
  ],
  [
    'a denied request has a grant',
    'difference: has a grant without being approved',
    ({ facts }) => facts.grants.set('request', first(aLedger().facts.grants)),
    aLedger({ outcome: 'denied' }),
  ],
  [
    'the grant is for another group',
    'difference: its grant is for somebody or something else',
    ({ facts }) => Object.assign(first(facts.grants)[0] ?? {}, { groupId: 'other' }),
  ],
  [
    'timed access has no end',
    'difference: its grant has an end, or lacks one',
    ({ facts }) => Object.assign(first(facts.grants)[0] ?? {}, { expiresAt: null }),
    aLedger({ kind: 'timed', duration: 'P1D' }),
  ],
  ['brief access goes on', 'lost: its access should have ended', () => null, aLedger({ duration: 'PT45S' })],
  [
    'nothing will end timed access',
    'difference: the workflow of its grant is: TERMINATED, not RUNNING',
    ({ facts }) => facts.grantWorkflows.set('grant', 'TERMINATED'),
    aLedger({ kind: 'timed', duration: 'P1D' }),
  ],
  ['the requester is not in the group', 'lost: has access, and its requester', ({ facts }) => facts.members.clear()],
  [
    'a denied requester is in the group',
    'difference: its requester is in the group without access',
    ({ facts }) => facts.members.add('cleo group'),
    aLedger({ outcome: 'denied' }),
  ],
  [
    'the target does not know the member',
    'lost: has access without membership at the target',
    ({ facts }) => facts.target.members.clear(),
    aLedger({ kind: 'webhook' }),
  ],
  [
    'the target keeps a denied member',
    'difference: has membership at the target without access',
    ({ facts }) => facts.target.members.add('cleo group'),
    aLedger({ kind: 'webhook', outcome: 'denied' }),
  ],
  [
    'the target was told twice under different ids',
    'difference: the target was told to give access under several ids',
    ({ facts }) => first(facts.target.additions).add('another'),
    aLedger({ kind: 'webhook' }),
  ],
  [
    'Directory Insights lacks the submission',
    'difference: its submission is not once',
    ({ facts }) => first(facts.events).shift(),
  ],
  [
    'Directory Insights has two outcomes',
    'difference: has a second outcome in Directory Insights',
    ({ facts }) => first(facts.events).push({ type: '', success: true, initiatedBy: 'ben', to: 'denied', error: null }),
  ],
  [
    'Directory Insights has the decision twice',
    'difference: its decision is too often in Directory Insights: 2',
    ({ facts }) => first(facts.events).push(first(facts.events)[1] as never),
  ],
  [
    'Directory Insights names another decider',
    'difference: its decider is not in Directory Insights',
    ({ facts }) => Object.assign(first(facts.events)[1] ?? {}, { initiatedBy: 'ben' }),
  ],
  [
    'the mail about the outcome did not arrive',
    'lost: a mail did not arrive: request_approved: sent',
    ({ facts }) => facts.copies.delete('mail-2'),
  ],
  [
    'two outcomes were mailed',
    'difference: has mails too many: request_denied: 1',
    ({ facts }) => first(facts.mails).push({ id: 'mail-1', kind: 'request_denied', state: 'sent', waited: 1 }),
  ],
  [
    'the chain is broken',
    'difference: broken at row 7',
    ({ facts }) => Object.assign(facts, { chainFault: 'broken at row 7' }),
  ],
  ['the target got unsigned calls', 'difference: the target got 1 calls', ({ facts }) => facts.target.refused++],
  ['an unknown mail arrived', 'difference: 1 mails arrived that', ({ facts }) => facts.copies.set('stray', [3000])],
]

describe('the comparison finds that', () => {
  test.each(broken)('%s', (_name, expected, damage, ledger = aLedger()) => {
    damage(ledger)

    expect(findings(ledger)).toContainEqual(expect.stringContaining(expected))
  })

  test('mails about outcomes were repeated more often than kills excuse', () => {
    expect(findings(aLedger(), { all: 2, outcomes: 2, excuses: 1, unexplained: [] })).toHaveLength(1)
    expect(findings(aLedger(), { all: 9, outcomes: 1, excuses: 1, unexplained: [] })).toEqual([])
  })

  test('a mail was repeated although nothing was killed', () => {
    expect(findings(aLedger(), { ...none, unexplained: ['mail-1'] })).toHaveLength(1)
  })
})
