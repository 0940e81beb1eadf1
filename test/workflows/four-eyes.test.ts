/** Whoever makes an account, promotes it or has its credentials reset could act through it: four eyes of one person. */
import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AccountAct, FourEyes } from '../../src/domain/request/four-eyes.ts'
import { auditEvents } from '../../src/features/audit/audit.table.ts'
import { noteAccountAct } from '../../src/features/directory/users/account-acts.repository.ts'
import { accountActs } from '../../src/features/directory/users/account-acts.table.ts'
import { openService, type TestService } from '../support/worker-service.ts'

let world: TestService

const approve = (id: string, by: string) => world.commands.decide(id, { by, decision: 'approve' }, randomUUID())
const grant = (id: string, by: string) => world.commands.override(id, { by, decision: 'grant' }, randomUUID())
const deny = (id: string, by: string) =>
  world.commands.override(id, { by, decision: 'deny', reason: 'Not now.' }, randomUUID())

/** A requester, who has done this to the account of an administrator, and an open request. */
async function tied(act: AccountAct, daysAgo = 0) {
  const [requester, administrator] = [await world.addUser(), await world.addUser({ roles: ['admin'] })]
  await noteAccountAct(world.db, { actorId: requester.id, userId: administrator.id, act })
  await world.db
    .update(accountActs)
    .set({ createdAt: sql`now() - make_interval(days => ${daysAgo})` })
    .where(eq(accountActs.userId, administrator.id))
  const flow = await world.offer({ approvers: [{ kind: 'user', userId: administrator.id }] })
  return { administrator, requester, id: await world.ask(requester.id, flow.id) }
}

async function flagsOf(requestId: string): Promise<unknown[]> {
  const rows = await world.db.select().from(auditEvents).where(eq(auditEvents.accessRequestId, requestId))
  return rows.flatMap(({ changes }) => changes.filter(({ field }) => field === 'four_eyes').map(({ to }) => to))
}

function inAService(fourEyes: FourEyes): void {
  beforeAll(async () => {
    world = await openService({ fourEyes })
  })
  afterAll(() => world?.close())
}

describe('recorded', () => {
  inAService('record')

  test.each(['made', 'promoted', 'credentials_reset'] as const)(
    'a grant by an account that the requester has %s is flagged on the request and in DI',
    async (act) => {
      const [overridden, approved] = [await tied(act), await tied(act)]

      await grant(overridden.id, overridden.administrator.id)
      await approve(approved.id, approved.administrator.id)

      for (const { id } of [overridden, approved]) {
        expect(await world.rowOf(id)).toMatchObject({ status: 'approved', decision: { fourEyes: act } })
        expect(await flagsOf(id)).toEqual([act])
      }
      expect((await world.rowOf(approved.id))?.steps[0]?.decisions[0]?.fourEyes).toBe(act)
    },
  )

  test('neither a denial, nor an act of more than 30 days ago, nor one towards somebody else is', async () => {
    const [denied, old, other] = [await tied('made'), await tied('made', 31), await tied('made')]
    const colleague = await world.addUser({ roles: ['admin'] })

    await deny(denied.id, denied.administrator.id)
    await grant(old.id, old.administrator.id)
    await grant(other.id, colleague.id)

    for (const { id } of [denied, old, other]) {
      expect((await world.rowOf(id))?.decision).not.toHaveProperty('fourEyes')
      expect(await flagsOf(id)).toEqual([])
    }
  })
})

describe('required', () => {
  inAService('require')

  test('such a grant is refused by either way, its denial is not, and somebody else grants', async () => {
    const { id, administrator } = await tied('promoted')
    const [colleague, denied] = [await world.addUser({ roles: ['admin'] }), await tied('credentials_reset')]

    await expect(grant(id, administrator.id)).rejects.toMatchObject({ code: 'four_eyes' })
    await expect(approve(id, administrator.id)).rejects.toMatchObject({ code: 'four_eyes' })
    expect(await world.statusOf(id)).toBe('pending')
    await deny(denied.id, denied.administrator.id)
    expect(await world.statusOf(denied.id)).toBe('denied')
    await grant(id, colleague.id)
    expect(await world.statusOf(id)).toBe('approved')
  })
})

describe('off', () => {
  inAService('off')

  test('nothing is flagged or refused', async () => {
    const { id, administrator } = await tied('made')

    await grant(id, administrator.id)

    expect((await world.rowOf(id))?.decision).not.toHaveProperty('fourEyes')
  })
})
