/**
 * The end of one grant: waits for it, and takes the access away through the connector, whatever was down meanwhile.
 * A grant without an end gets its workflow only when somebody revokes it.
 */
import {
  ActivityFailure,
  ApplicationFailure,
  condition,
  setCurrentDetails,
  setHandler,
  sleep,
} from '@temporalio/workflow'
import type { AccessGrant, ExtendMessage, GrantEnd, RevokeMessage } from '../src/domain/access-grant.ts'
import { parseExtend, parseRevoke, refuseExtension, reminderAt } from '../src/domain/access-grant.ts'
import { DomainError } from '../src/domain/errors.ts'
import type { GrantState } from './access-grant.messages.ts'
import * as messages from './access-grant.messages.ts'
import { connector, durable, reliably } from './activity-options.ts'
import { inOrder, ordered } from './durable-order.ts'
import { createInbox, refusing, unreadSignal } from './inbox.ts'

type Message = ({ type: 'revoke' } & RevokeMessage) | ({ type: 'extend' } & ExtendMessage)

const now = () => new Date().toISOString()
const revoke = (raw: unknown): Message => ({ type: 'revoke', ...parseRevoke(raw) })
const extend = (raw: unknown): Message => ({ type: 'extend', ...parseExtend(raw, now()) })

/** How long to leave a connector alone that could not take access away with all its retries, in milliseconds. */
const firstPause = 5 * 60 * 1000
/** Longer pauses keep the history small while a system is away for weeks: a workflow has 51,200 events. */
const longestPause = 60 * 60 * 1000

/** @returns when the access is gone */
export async function accessGrant(input: { grant: AccessGrant }): Promise<void> {
  let grant = input.grant
  let endedAt: string | null = null
  let end: GrantEnd | null = null
  let isAnnounced = false
  let refusals = 0
  const inbox = createInbox<Message, GrantState>(({ message, by, code, detail }) =>
    durable.recordGrantRefusal(grant, { message, by, code, detail, at: `${now()}#${++refusals}` }),
  )
  const state = (): GrantState => ({ grant, endedAt })
  const refuseEarly = (message: Message) => {
    if (end)
      throw new DomainError('grant_ended', `This access has ended or is being taken away since ${end.at}.`, {
        current: 'ended',
      })
    if (message.type === 'extend') refuseExtension(grant, message.until)
  }
  const validate = (parse: (raw: unknown) => Message) => ({
    validator: refusing((raw: unknown) => refuseEarly(parse(raw))),
  })
  setHandler(messages.grantStateQuery, state)
  setHandler(messages.revokeUpdate, (raw) => inbox.answer(revoke(raw)), validate(revoke))
  setHandler(messages.extendUpdate, (raw) => inbox.answer(extend(raw)), validate(extend))
  setHandler(unreadSignal(messages.revokeSignal.name), (raw) => inbox.put('revoke', raw, revoke))
  setHandler(unreadSignal(messages.extendSignal.name), (raw) => inbox.put('extend', raw, extend))

  async function carryOut(message: Message): Promise<GrantState> {
    refuseEarly(message)
    const at = now()
    await refuseUnlessAdministrator(message.by)
    if (message.type === 'extend') {
      grant = { ...grant, expiresAt: message.until }
      isAnnounced = false
      const change = { by: message.by, until: message.until, at }
      await reliably('recordGrantExtension', ({ recordGrantExtension }) => recordGrantExtension(grant, change))
    } else {
      end = { at, by: message.by, origin: message.origin }
      await takeAway(grant, end)
      endedAt = end.at
    }
    return state()
  }

  async function answerLate(message: Message): Promise<GrantState> {
    refuseEarly(message)
    return state()
  }

  while (!end) {
    setCurrentDetails(
      grant.expiresAt ? `**Access is given** until ${grant.expiresAt}` : '**Access is given** without an end',
    )
    const reminder = isAnnounced ? null : reminderAt(grant)
    const isHeard = await waitFor(() => !inbox.isEmpty(), reminder ?? grant.expiresAt)
    if (isHeard) await inbox.next(carryOut)
    else if (reminder) {
      isAnnounced = true
      if (Date.parse(grant.expiresAt ?? '') > Date.now()) await durable.announceGrantEnd(grant)
    } else end = await inOrder((at): GrantEnd => ({ at, by: null }))
  }
  if (!endedAt) await takeAway(grant, end)
  endedAt = end.at
  setCurrentDetails(`**Access was taken away** ${endedAt}`)
  await inbox.drain(answerLate)
}

async function waitFor(isTrue: () => boolean, until: string | null): Promise<boolean> {
  if (until === null) return condition(isTrue).then(() => true)
  return condition(isTrue, Math.max(1, Date.parse(until) - Date.now()))
}

async function refuseUnlessAdministrator(by: string): Promise<void> {
  const actor = await ordered.lookUpActor(by)
  if (!actor?.activated || !actor.isAdministrator)
    throw new DomainError('not_an_administrator', 'Only an administrator can end or extend access.')
}

/** Never gives up: access that should be gone is asked for again every few minutes, and administrators hear of it once. */
async function takeAway(grant: AccessGrant, end: GrantEnd): Promise<void> {
  setCurrentDetails(`**Access is being taken away** since ${end.at}`)
  for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
    try {
      await (grant.connectorId === null
        ? reliably('takeAccessAway', ({ takeAccessAway }) => takeAccessAway(grant))
        : connector.takeAccessAway(grant))
      break
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error
      const message =
        error.cause instanceof ApplicationFailure ? error.cause.message : 'The connected system did not answer in time.'
      await durable.recordGrantEndFailure(grant, { message, at: now() })
      await sleep(pause)
    }
  }
  await reliably('recordGrantEnd', ({ recordGrantEnd }) => recordGrantEnd(grant, end))
}
