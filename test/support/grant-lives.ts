/** A life of a grant for every message that can be said to one, as `request-lives.ts` for requests. */
import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { grants } from '../../src/features/grants/grants.table.ts'
import { answerTo, eventually, type Lived } from './lived.ts'
import type { Life, Stage } from './lives.ts'
import { anAutomaticFlow, givenMails } from './request-lives.ts'

const endedMails = ['access_ended to requester', ...givenMails]
const gone = { status: 'approved', version: 2, mails: endedMails, isMember: false } as const
const stays = { status: 'approved', version: 2, mails: givenMails, isMember: true } as const

const refusesRemoval = (type: string) => (type === 'membership.removed' ? 400 : 204)

interface Given {
  duration?: string | null
  /** Of the connected system through which it is given. */
  answer?: (type: string) => number
  /** Armed before the grant is there, not after. */
  isArmedFirst?: boolean
}

/** Access that was given at once. */
export async function given(stage: Stage, { duration = null, answer, isArmedFirst = false }: Given = {}) {
  const { world } = stage
  const { flow, target } = await anAutomaticFlow(stage, {
    answer,
    durations: duration === null ? [] : [duration],
  })
  const [requester, admin] = [await world.addUser(), await world.addUser({ roles: ['admin'] })]
  if (isArmedFirst) await stage.arm(requester.id)
  const id = await world.ask(requester.id, flow.id, duration)
  const grantId = await grantedAt(stage, id)
  if (!isArmedFirst) await stage.arm(requester.id)
  return { id, grantId, admin, people: { requester, admin }, ...(target && { target }) }
}

/** @returns the id of the grant, when somebody waits for its end, if it has one */
async function grantedAt(stage: Stage, requestId: string): Promise<string> {
  await eventually(async () => (await stage.world.grantOf(requestId)) !== undefined)
  const grant = await stage.world.grantOf(requestId)
  const grantId = grant?.id ?? ''
  if (grant?.expiresAt) await isWatched(stage, grantId)
  return grantId
}

/** Its workflow runs. */
const isWatched = ({ world }: Stage, grantId: string) =>
  eventually(() =>
    world
      .grantHandle(grantId)
      .describe()
      .then(
        () => true,
        () => false,
      ),
  )

const hasEnded = ({ world }: Stage, id: string) => eventually(async () => !!(await world.grantOf(id))?.endedAt)

async function revoked(stage: Stage, { id, grantId, admin, ...lived }: Awaited<ReturnType<typeof given>>) {
  const operation = randomUUID()
  const told = [await answerTo(() => stage.world.grantCommands.revoke(grantId, { by: admin.id }, operation))]
  return { id, ...lived, told } satisfies Lived
}

/** As if it had been given three hours ago for so long that its user is told of the end in two seconds. */
async function endsSoon({ world }: Stage, grantId: string): Promise<void> {
  const hour = 3_600_000
  const startedAt = new Date(Date.now() - 3 * hour).toISOString()
  const expiresAt = new Date(Date.now() + hour + 2000).toISOString()
  await world.db.update(grants).set({ startedAt, expiresAt }).where(eq(grants.id, grantId))
  await world.reconciliation.run({ isThorough: false })
}

export const grantLives: Life[] = [
  {
    name: 'the workflow of access with an end begins',
    kind: 'grant lookAgain',
    left: { ...stays, grant: { version: 1, isWatched: true } },
    live: (stage) => given(stage, { duration: 'P5D', isArmedFirst: true }),
  },
  {
    name: 'an administrator revokes access without an end, whose workflow begins',
    kind: 'grant lookAgain',
    left: { ...gone, told: ['done'], grant: { version: 2, endedBy: 'admin' } },
    live: async (stage) => revoked(stage, await given(stage)),
  },
  {
    name: 'an administrator revokes access with an end by a signal',
    kind: 'grant revoke',
    left: { ...gone, grant: { version: 2, endedBy: 'admin' } },
    async live(stage) {
      const { grantId, admin, ...lived } = await given(stage, { duration: 'P5D' })
      await stage.world.grantHandle(grantId).signal('revoke', { by: admin.id })
      await hasEnded(stage, lived.id)
      return lived
    },
  },
  {
    name: 'an administrator revokes access at a connected system',
    kind: 'grant takenAway',
    left: {
      ...gone,
      version: 3,
      told: ['done'],
      calls: ['membership.added', 'membership.removed'],
      grant: { version: 3 },
    },
    live: async (stage) => revoked(stage, await given(stage, { duration: 'P5D', answer: () => 204 })),
  },
  {
    name: 'an administrator revokes access with an end',
    kind: 'grant revoke',
    left: { ...gone, told: ['done'], grant: { version: 2, endedBy: 'admin' } },
    live: async (stage) => revoked(stage, await given(stage, { duration: 'P5D' })),
  },
  {
    name: 'an administrator revokes access at a connected system',
    kind: 'grant revoke',
    left: { ...gone, version: 3, told: ['done'], grant: { version: 3 } },
    live: async (stage) => revoked(stage, await given(stage, { duration: 'P5D', answer: () => 204 })),
  },
  {
    name: 'an administrator revokes access without an end',
    kind: 'grant revoke',
    left: { ...gone, told: ['done'], grant: { version: 2, endedBy: 'admin' } },
    live: async (stage) => revoked(stage, await given(stage)),
  },
  {
    name: 'whoever has access gives it back',
    kind: 'grant return',
    left: { ...gone, told: ['done'], grant: { version: 2, endedBy: 'requester' } },
    async live(stage) {
      const { grantId, admin: _, ...lived } = await given(stage)
      const { requester } = lived.people
      const operation = randomUUID()
      const giveBack = () => stage.world.grantCommands.giveBack(grantId, { by: requester.id }, operation)
      return { ...lived, told: [await answerTo(giveBack)] }
    },
  },
  {
    name: 'a connected system refuses to take access away that has come to its end',
    kind: 'grant notTakenAway',
    left: {
      ...stays,
      version: 3,
      mails: ['processing_error to admin', ...givenMails],
      calls: ['membership.added', 'membership.removed'],
      grant: { version: 2, isEnded: false },
    },
    async live(stage) {
      const lived = await given(stage, { duration: 'PT4S', answer: refusesRemoval })
      const isNoted = async () => {
        const [row] = await stage.world.db.select().from(grants).where(eq(grants.id, lived.grantId))
        return row?.endError != null
      }
      await eventually(isNoted)
      return lived
    },
  },
  {
    name: 'an administrator extends access',
    kind: 'grant extend',
    left: { ...stays, told: ['done'], grant: { version: 2, isTimed: true, isEnded: false } },
    async live(stage) {
      const { grantId, admin, ...lived } = await given(stage, { duration: 'P5D' })
      const until = new Date(Date.now() + 9 * 86_400_000).toISOString()
      const operation = randomUUID()
      const extend = () => stage.world.grantCommands.extend(grantId, { by: admin.id, until }, operation)
      return { ...lived, told: [await answerTo(extend)] }
    },
  },
  {
    name: 'access comes to its end',
    kind: 'grant expire',
    left: { ...gone, grant: { version: 2, endedBy: 'the service' } },
    async live(stage) {
      const lived = await given(stage, { duration: 'PT4S' })
      await hasEnded(stage, lived.id)
      return lived
    },
  },
  {
    name: 'the user is told that access ends soon',
    kind: 'grant announce',
    left: { ...stays, mails: ['access_ending to requester', ...givenMails], grant: { version: 1, isWatched: true } },
    async live(stage) {
      const lived = await given(stage)
      await endsSoon(stage, lived.grantId)
      await eventually(async () => (await stage.world.mailsOf(lived.id)).includes('access_ending'))
      return lived
    },
  },
  {
    name: 'a signal of somebody who may not revoke is refused, and noted once',
    kind: 'grant revoke',
    left: { ...stays, grant: { version: 1 } },
    async live(stage) {
      const lived = await given(stage, { duration: 'P5D' })
      const { world } = stage
      const before = (await world.auditOf(lived.id)).length
      await world.grantHandle(lived.grantId).signal('revoke', { by: lived.people.requester.id })
      await eventually(async () => (await world.auditOf(lived.id)).length > before)
      return lived
    },
  },
  {
    name: 'a signal to a grant that nobody can read is noted once',
    kind: 'grant unreadable',
    left: { ...stays, grant: { version: 1 } },
    async live(stage) {
      const lived = await given(stage, { duration: 'P5D' })
      const { world } = stage
      const before = (await world.auditOf(lived.id)).length
      await world.grantHandle(lived.grantId).signal('extend', 'later')
      await eventually(async () => (await world.auditOf(lived.id)).length > before)
      return lived
    },
  },
]
