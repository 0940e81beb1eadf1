/** What people were told, against each other, the row and the workflow of their request. */
import { isDeepStrictEqual } from 'node:util'
import { both, type Case, type Check, difference, lost } from './checks.ts'
import type { Side, Told } from './ledger.ts'

function wordsOf(told: Told | null): string {
  if (!told) return 'nothing final'
  if (told.how === 'won') return 'success'
  return told.how === 'lost' ? `that it is ${told.status}` : told.said
}

const everybody = ({ entry }: Case) =>
  entry.sides.map(({ decision, told }) => `${decision} was told ${wordsOf(told)}`).join(', ')

const isKnown = ({ entry }: Case) => entry.ids.length > 0
const isWhole = ({ entry }: Case) => entry.sides.every(({ told }) => told?.how === 'won' || told?.how === 'lost')
const isFinal = ({ row }: Case) => row?.status === 'approved' || row?.status === 'denied'

function changedAnswer({ decision, told, toldAgain }: Side): string | false {
  if (toldAgain === null || isDeepStrictEqual(told, toldAgain)) return false
  return `${decision} was told ${wordsOf(told)}, and again: ${wordsOf(toldAgain)}`
}

const submission: Check[] = [
  lost('was never acknowledged', ({ entry }) => entry.ids.length === 0 && String(entry.refusal)),
  lost('was acknowledged and then refused', (one) => isKnown(one) && one.entry.refusal !== null && one.entry.refusal),
  lost('was acknowledged, and is not in the queue', (one) => isKnown(one) && one.row === null),
  difference('was answered with several ids', ({ entry }) => entry.ids.length > 1 && entry.ids.join(', ')),
  difference('is in the queue more than once', ({ rowsOfSame }) => rowsOfSame > 1),
]

const decision: Check[] = [
  lost(
    'nobody ever said how it ended',
    (one) => isKnown(one) && one.entry.sides.some(({ told }) => told === null) && everybody(one),
  ),
  both(
    'an outcome that was not asked for was answered as a success',
    (one) => one.entry.sides.some(({ told }) => told?.how === 'otherwise' && told.status < 300) && everybody(one),
  ),
  difference(
    'got an answer that fits nothing',
    (one) => one.entry.sides.some(({ told }) => told?.how === 'otherwise' && told.status >= 300) && everybody(one),
  ),
  both('has not exactly one winner', (one) => isWhole(one) && one.winners !== 1 && everybody(one)),
  both(
    'its loser was told another outcome',
    (one) =>
      isWhole(one) &&
      one.told !== null &&
      one.entry.sides.some(({ told }) => told?.how === 'lost' && told.status !== one.told) &&
      everybody(one),
  ),
  difference('its loser was not told who won', ({ entry, winner }) =>
    entry.sides.some(({ told }) => winner !== null && told?.how === 'lost' && told.by !== winner.by),
  ),
  both('one call was answered in two ways', ({ entry }) => entry.sides.map(changedAnswer).find(Boolean) ?? false),
]

const row: Check[] = [
  lost('has no outcome', (one) => one.row !== null && !isFinal(one) && one.row.status),
  both(
    'its row says otherwise than its winner was told',
    (one) => isFinal(one) && one.told !== null && one.row?.status !== one.told && `${one.row?.status}, not ${one.told}`,
  ),
  difference(
    'its row names another decider',
    ({ row: found, told, winner }) => found?.status === told && found?.decidedBy !== winner?.by,
  ),
]

/** Fields of the workflow's state that the API shows otherwise. A grant goes on after its request has ended. */
function differing({ workflow, shown }: Case): string {
  const state = workflow?.state ?? {}
  const valueOf = (from: Record<string, unknown>, field: string) =>
    field === 'grant' ? (from[field] as { id?: string } | null)?.id : from[field]
  return Object.keys(state)
    .filter((field) => !isDeepStrictEqual(valueOf(state, field), valueOf(shown, field)))
    .join(', ')
}

const workflow: Check[] = [
  lost('its workflow has not ended', ({ workflow: found }) => found !== null && found.result === null && found.status),
  difference(
    'its workflow and its row have other outcomes',
    ({ workflow: found, row: inQueue }) =>
      inQueue !== null && found !== null && found.result !== null && found.result !== inQueue.status && found.result,
  ),
  difference('its workflow does not say its state', ({ workflow: found }) => found?.result != null && !found.state),
  difference('its workflow and the API differ in', (one) => one.row !== null && differing(one)),
]

export const checksOfAnswers = [...submission, ...decision, ...row, ...workflow]
