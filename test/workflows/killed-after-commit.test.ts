/**
 * The worker is killed between a commit and the end of its workflow task, once for every message of a request and of a
 * grant: the next worker goes on from what was committed, and everything is left as it is without a kill.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { GrantMessage } from '../../src/domain/grant-move.ts'
import type { Message } from '../../src/domain/messages.ts'
import { grantLives } from '../support/grant-lives.ts'
import { type Lives, openLives } from '../support/lives.ts'
import { requestLives } from '../support/request-lives.ts'

/** Every message there is. */
const ofRequests = {
  decide: true,
  override: true,
  withdraw: true,
  flowClosed: true,
  directoryChanged: true,
  begin: true,
  expire: true,
  workflowEnded: true,
  given: true,
  notGiven: true,
  takenBack: true,
  unreadable: true,
} satisfies Record<Message['type'], true>
const ofGrants = {
  revoke: true,
  extend: true,
  expire: true,
  announce: true,
  takenAway: true,
  // Noted twice in the audit log when its worker is killed: no life yet.
  notTakenAway: false,
  lookAgain: true,
  unreadable: true,
} satisfies Record<GrantMessage['type'], boolean>

const all = [...requestLives, ...grantLives]
let lives: Lives
beforeAll(async () => {
  lives = await openLives(all)
})
afterAll(() => lives?.close())

test.each(all)('$kind: $name', async (life) => {
  const inPeace = lives.inPeace(life)
  expect(inPeace).toMatchObject(life.left)

  const { left, killed } = await lives.withAKill(life)

  expect(killed).toMatchObject([{ kind: life.kind, isInDatabase: true, isInHistory: false }])
  expect(left).toEqual(inPeace)
})

test('every message of a request and of a grant has killed a worker', () => {
  const named = (of: string, messages: Record<string, boolean>) =>
    Object.keys(messages).flatMap((type) => (messages[type] ? `${of} ${type}` : []))
  const killed = new Set<string>(lives.deaths.map(({ kind }) => kind))

  expect([...killed].sort()).toEqual([...named('grant', ofGrants), ...named('request', ofRequests)].sort())
})
