/** One membership, several hands: whatever the order, the connected system ends as the directory says. */
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Message } from '../../src/domain/request/messages.ts'
import type { AccessRequest } from '../../src/domain/request/record.ts'
import type { Connector } from '../../src/features/connectors/connector.ts'
import { commitGrant } from '../../src/features/grants/grants.commit.repository.ts'
import { findGrant } from '../../src/features/grants/grants.repository.ts'
import { createMembers } from '../../src/features/memberships/members.commands.ts'
import { createProvisioning } from '../../src/features/memberships/provisioning.ts'
import { commitRequest } from '../../src/features/requests/requests.commit.repository.ts'
import { insertRequest } from '../../src/features/requests/requests.repository.ts'
import { aRequest } from '../support/a-request.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { createCompany } from '../support/company.ts'
import { aFlow, aUser, unique } from '../support/directory.ts'
import { aGrantRow } from '../support/history.ts'

let app: TestApp
let admin: Client
/** Who is in the group at the connected system, which is told slowly. */
const target = new Set<string>()
/** Runs once, when the target has just been told and its caller does not know yet. */
let meanwhile: (() => Promise<unknown>) | undefined

const connector: Connector = {
  addMember: async ({ user }) => told(() => target.add(user.id)),
  removeMember: async ({ user }) => told(() => target.delete(user.id)),
}

async function told(change: () => unknown): Promise<void> {
  change()
  const run = meanwhile
  meanwhile = undefined
  await run?.()
}

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
})
afterAll(() => app.close())
beforeEach(() => {
  target.clear()
  meanwhile = undefined
})

async function scene() {
  const connectorId = (await admin.post('/connectors', { name: unique('Connector'), url: 'https://x.example' })).body.id
  const group = (await admin.post('/user-groups', { name: unique('Group'), connectorId })).body
  const flow = await aFlow(admin, { groupId: group.id })
  const user = await aUser(admin, { state: 'activated' })
  const access = createProvisioning({ db: app.db, connectorFor: async () => connector })
  const members = createMembers({
    db: app.db,
    auditLog: app.auditLog,
    connectorFor: async () => connector,
    administrators: async () => [],
  })
  const ids = { groupId: group.id, userId: user.id }
  const actor = { ...user, roles: ['admin'] }
  const operation = () => ({ actor, origin: {}, operationId: uuidv7() })
  const deps = { auditLog: app.auditLog, signalsInClear: false, fourEyes: 'record' } as const
  const at = () => new Date().toISOString()

  /** As the workflow of a request does it: the target is asked until the row takes its answer. */
  async function give() {
    const company = createCompany()
    const asked = aRequest(company, company.addUser(), { id: uuidv7(), now: at(), type: 'automatic' })
    let request: AccessRequest = {
      ...asked,
      requester: { ...asked.requester, id: user.id },
      flow: { ...asked.flow, id: flow.id, groupId: group.id },
    }
    const say = async (message: Message) => {
      const proposal = { request, message, messageId: uuidv7(), at: at(), isSignal: false, isSealed: true }
      request = { ...request, ...(await commitRequest(app.db, deps, proposal)).stored }
    }
    await app.db.transaction((tx) => insertRequest(tx, request, []))
    await say({ type: 'lookAgain' })
    while (request.provisioning) {
      const given = await access.give(request)
      await say(given ? { type: 'given', ...given } : { type: 'lookAgain' })
    }
    return request
  }
  return {
    user,
    give,
    put: () => members.add(operation(), ids),
    takeOut: () => members.remove(operation(), ids),
    async endAGrant() {
      const end = { at: at(), by: null }
      const { id } = await aGrantRow(app.db, { flow, user }, { connectorId, end })
      const grant = await findGrant(app.db, id)
      if (!grant) throw new Error('the grant is not there')
      target.add(user.id)
      return async () => {
        await access.remove(grant)
        const message = { type: 'takenAway' } as const
        const proposal = { grant, message, messageId: uuidv7(), at: at(), isSignal: false, isSealed: true }
        await commitGrant(app.db, { ...deps, isInCatalog: async () => true }, proposal)
      }
    },
  }
}

test('a direct member who is taken out while access is given stays at the target', async () => {
  const { user, give, put, takeOut } = await scene()
  await put()
  meanwhile = takeOut

  await give()

  expect([...target]).toEqual([user.id])
})

test('access that is given while another grant ends stays at the target', async () => {
  const { user, give, endAGrant } = await scene()
  const end = await endAGrant()
  meanwhile = end

  await give()

  expect([...target]).toEqual([user.id])
})

test('a grant that ends while access is given takes nothing away', async () => {
  const { user, give, endAGrant } = await scene()
  const end = await endAGrant()
  meanwhile = give

  await end()

  expect([...target]).toEqual([user.id])
})

test('a grant that ends while its user is put in directly takes nothing away', async () => {
  const { user, put, endAGrant } = await scene()
  const end = await endAGrant()
  let putting: Promise<unknown> | undefined
  meanwhile = async () => {
    putting = put()
  }

  await end()
  await putting

  expect([...target]).toEqual([user.id])
})

test('the last one to let go takes it away', async () => {
  const { put, takeOut, endAGrant } = await scene()
  await put()
  const end = await endAGrant()

  await takeOut()
  await end()

  expect([...target]).toEqual([])
})
