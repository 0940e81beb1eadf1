/**
 * The end of one grant: waits for it, and takes the access away where it was given, whatever was down meanwhile.
 * Each message is one commit (`grant-entity.ts`). A grant without an end gets its workflow only when somebody revokes it.
 * An operator's cancel changes nothing: access that was given ends at its time.
 */
import type { RawValue } from '@temporalio/common'
import { CancellationScope, condition, setHandler } from '@temporalio/workflow'
import type { GrantMessage } from '../src/domain/grant/move.ts'
import { refuseEnded } from '../src/domain/grant/move.ts'
import type { AccessGrant } from '../src/domain/grant/record.ts'
import { parseExtend, parseRevoke, refuseExtension, reminderAt } from '../src/domain/grant/record.ts'
import type { GrantState } from './access-grant.messages.ts'
import * as messages from './access-grant.messages.ts'
import { createGrantEntity } from './grant-entity.ts'
import { createInbox, isCarriedOut, read, refusing, unreadSignal, unreadUpdate } from './inbox.ts'

type Parse = (raw: unknown) => GrantMessage

const now = () => new Date().toISOString()
const parseRevokeMessage: Parse = (raw) => ({ type: 'revoke', ...parseRevoke(raw) })
const parseReturnMessage: Parse = (raw) => ({ type: 'return', ...parseRevoke(raw) })
const parseExtendNow: Parse = (raw) => ({ type: 'extend', ...parseExtend(raw, now()) })

/** Resolves when the access is gone. */
export function accessGrant(input: { grant: AccessGrant }): Promise<void> {
  const entity = createGrantEntity(input.grant)
  const inbox = createInbox<GrantMessage, GrantState>(entity.apply)
  let announced: string | null = null

  setHandler(messages.grantStateQuery, entity.state)
  onUpdate('revoke', parseRevokeMessage)
  onUpdate('return', parseReturnMessage)
  onUpdate('extend', parseExtendNow)
  setHandler(unreadSignal(messages.revokeSignal.name), (raw) => inbox.put('revoke', raw, parseRevokeMessage))
  setHandler(unreadSignal(messages.returnSignal.name), (raw) => inbox.put('return', raw, parseReturnMessage))
  setHandler(unreadSignal(messages.extendSignal.name), (raw) => inbox.put('extend', raw, parseExtendNow))
  setHandler(messages.lookAgainSignal, () => inbox.notice({ type: 'lookAgain' }))

  return CancellationScope.nonCancellable(live)

  async function live(): Promise<void> {
    await entity.begin()
    for (let grant = entity.record(); !grant.endedAt; grant = entity.record()) {
      const reminder = announced === grant.expiresAt ? null : reminderAt(grant)
      const hasMessage = await waitFor(() => !inbox.isEmpty(), reminder ?? grant.expiresAt)
      if (hasMessage) await inbox.next()
      else if (reminder) {
        announced = grant.expiresAt
        await entity.announce()
      } else await entity.expire()
    }
    await inbox.drain()
  }

  /** What no change of the directory can make right is refused before it enters history. */
  function onUpdate(name: GrantMessage['type'], parse: Parse): void {
    const validator = refusing((raw?: RawValue) => {
      const message = parse(read(raw))
      const grant = entity.record()
      if (isCarriedOut(grant)) return
      refuseEnded(grant)
      if (message.type === 'extend') refuseExtension(grant, message.until)
    })
    setHandler(unreadUpdate<GrantState>(name), (raw) => inbox.answer(name, raw, parse), { validator })
  }
}

async function waitFor(isTrue: () => boolean, until: string | null): Promise<boolean> {
  if (until === null) return condition(isTrue).then(() => true)
  return condition(isTrue, Math.max(1, Date.parse(until) - Date.now()))
}
