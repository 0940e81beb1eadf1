/**
 * The worker is killed between a commit and the end of its workflow task, once for every message of a request and of a
 * grant: the next worker goes on from what was committed, and everything is left as it is without a kill.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { GrantMessage } from '../../src/domain/grant/move.ts'
import type { Message } from '../../src/domain/request/messages.ts'
import { createGrantCommands } from '../../src/features/grants/grants.commands.ts'
import { commitGrant } from '../../src/features/grants/grants.commit.repository.ts'
import { createGrantsEngine } from '../../src/features/grants/grants.engine.ts'
import { findGrant } from '../../src/features/grants/grants.repository.ts'
import { given, grantLives } from '../support/grant-lives.ts'
import { type Lives, openLives } from '../support/lives.ts'
import { requestLives } from '../support/request-lives.ts'

/** Every message that a workflow commits; `superseded` is what a commit makes of one. */
const ofRequests = {
  decide: true,
  override: true,
  withdraw: true,
  flowClosed: true,
  directoryChanged: true,
  lookAgain: true,
  expire: true,
  workflowEnded: true,
  given: true,
  notGiven: true,
  takenBack: true,
  unreadable: true,
} satisfies Record<Exclude<Message['type'], 'superseded'>, true>
const ofGrants = {
  revoke: true,
  return: true,
  extend: true,
  expire: true,
  announce: true,
  takenAway: true,
  notTakenAway: true,
  lookAgain: true,
  unreadable: true,
} satisfies Record<GrantMessage['type'], true>

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
  const named = (of: string, messages: Record<string, true>) => Object.keys(messages).map((type) => `${of} ${type}`)
  const killed = new Set<string>(lives.deaths.map(({ kind }) => kind))

  expect([...killed].sort()).toEqual([...named('grant', ofGrants), ...named('request', ofRequests)].sort())
})

// The row and the workflow have ended by this very operation, but its update is in no history, because it was lost with
// the dead worker's task.
test('whoever revokes and is heard, but whose workflow ends before its answer, gets the success', async () => {
  const { world } = lives
  const { client, taskQueue, db, audit } = world
  const { grantId, admin } = await given({ world, arm: async () => undefined, atEnd: () => undefined })
  const before = await findGrant(db, grantId)
  if (!before) throw new Error('there is no grant')
  const engine = createGrantsEngine({ client, taskQueue })
  const messageId = randomUUID()
  const message = { type: 'revoke', by: admin.id } as const
  const at = new Date().toISOString()
  const proposal = { grant: before, message, messageId, at, isSignal: false, isSealed: true }
  await commitGrant(db, { auditLog: audit, signalsInClear: false, isInCatalog: async () => true }, proposal)
  await engine.start(before)
  await world.grantHandle(grantId).result()
  const looks = [before]
  const find = async (id: string) => looks.shift() ?? findGrant(db, id)

  const told = createGrantCommands({ db, engine, findGrant: find }).revoke(grantId, { by: admin.id }, messageId)

  expect(await told).toEqual({ isKnown: true })
})
