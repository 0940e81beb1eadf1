/**
 * The end of one grant: waits for it, and takes the access away where it was given, whatever was down meanwhile.
 * Each message is one commit, as for requests. A grant without an end gets its workflow only when somebody revokes it.
 * An operator's cancel changes nothing: access that was given ends at its time.
 */
import type { RawValue } from '@temporalio/common'
import { ActivityFailure, CancellationScope, condition, setHandler, sleep, workflowInfo } from '@temporalio/workflow'
import type { GrantMessage } from '../src/domain/grant/move.ts'
import { refuseEnded } from '../src/domain/grant/move.ts'
import type { AccessGrant } from '../src/domain/grant/record.ts'
import { parseExtend, parseRevoke, refuseExtension, reminderAt } from '../src/domain/grant/record.ts'
import { fromRefusal } from '../src/domain/shared/errors.ts'
import type { GrantState } from './access-grant.messages.ts'
import * as messages from './access-grant.messages.ts'
import { commitGrant, connector, connectorFailureOf, isDatabaseAway } from './activity-options.ts'
import { showGrant } from './describe.ts'
import { createInbox, type Envelope, isCarriedOut, read, refusing, unreadSignal, unreadUpdate } from './inbox.ts'

const now = () => new Date().toISOString()
const revoke = (raw: unknown): GrantMessage => ({ type: 'revoke', ...parseRevoke(raw) })
const extend = (raw: unknown): GrantMessage => ({ type: 'extend', ...parseExtend(raw, now()) })

/** How long to leave a connector alone that could not take access away with all its retries, in milliseconds. */
const firstPause = 5 * 60 * 1000
/** Longer pauses keep the history small while a system is away for weeks: a workflow has 51,200 events. */
const longestPause = 60 * 60 * 1000

/** Resolves when the access is gone. */
export function accessGrant(input: { grant: AccessGrant }): Promise<void> {
  let { grant } = input
  let announced: string | null = null
  const inbox = createInbox<GrantMessage, GrantState>(carryOut)

  const state = (): GrantState => ({ grant, endedAt: grant.endedAt })
  const refuseEarly = (message: GrantMessage) => {
    refuseEnded(grant)
    if (message.type === 'extend') refuseExtension(grant, message.until)
  }
  const validate = (parse: (raw: unknown) => GrantMessage) => ({
    validator: refusing((raw?: RawValue) => {
      const message = parse(read(raw))
      if (!isCarriedOut(grant)) refuseEarly(message)
    }),
  })
  setHandler(messages.grantStateQuery, state)
  const answer = (name: GrantMessage['type'], parse: (raw: unknown) => GrantMessage) =>
    setHandler(unreadUpdate<GrantState>(name), (raw) => inbox.answer(name, raw, parse), validate(parse))
  answer('revoke', revoke)
  answer('extend', extend)
  setHandler(unreadSignal(messages.revokeSignal.name), (raw) => inbox.put('revoke', raw, revoke))
  setHandler(unreadSignal(messages.extendSignal.name), (raw) => inbox.put('extend', raw, extend))
  setHandler(messages.lookAgainSignal, () => inbox.tell({ type: 'lookAgain' }))

  async function commit({ message, id, isSignal, isSealed }: Envelope<GrantMessage>): Promise<void> {
    const { stored, refusal } = await commitGrant({ grant, message, messageId: id, at: now(), isSignal, isSealed })
    if (stored) grant = stored
    showGrant(grant)
    if (refusal) throw fromRefusal(refusal)
  }

  const say = (message: GrantMessage, place: string | number = grant.version) =>
    commit({ message, id: `${workflowInfo().runId}/${message.type}/${place}`, isSignal: false, isSealed: true })

  async function carryOut(envelope: Envelope<GrantMessage>): Promise<GrantState> {
    await commit(envelope)
    await takeAway()
    return state()
  }

  /** Never gives up: access that should be gone is asked for again every few minutes, and administrators hear of it once. */
  async function takeAway(): Promise<void> {
    let failures = 0
    for (let pause = firstPause; grant.end && !grant.endedAt; pause = Math.min(pause * 2, longestPause)) {
      try {
        await connector.takeAccessAway(grant)
        await say({ type: 'takenAway' })
      } catch (error) {
        if (!(error instanceof ActivityFailure)) throw error
        // A commit waits until the database is back; then the system is asked again.
        if (isDatabaseAway(error)) await say({ type: 'lookAgain' })
        else {
          // A failure makes no new version of the grant: it is known by its number.
          failures += 1
          const { message } = connectorFailureOf(error)
          await say({ type: 'notTakenAway', message }, `${grant.version}.${failures}`)
          await sleep(pause)
        }
      }
    }
  }

  async function live(): Promise<void> {
    // The row may know more: this workflow may have been started anew from an older record.
    await say({ type: 'lookAgain' })
    await takeAway()
    while (!grant.endedAt) {
      const reminder = announced === grant.expiresAt ? null : reminderAt(grant)
      const isHeard = await waitFor(() => !inbox.isEmpty(), reminder ?? grant.expiresAt)
      if (isHeard) await inbox.next()
      else if (reminder) {
        announced = grant.expiresAt
        await say({ type: 'announce' })
      } else {
        await say({ type: 'expire' })
        await takeAway()
      }
    }
    await inbox.drain()
  }

  return CancellationScope.nonCancellable(live)
}

async function waitFor(isTrue: () => boolean, until: string | null): Promise<boolean> {
  if (until === null) return condition(isTrue).then(() => true)
  return condition(isTrue, Math.max(1, Date.parse(until) - Date.now()))
}
