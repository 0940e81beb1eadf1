/** One membership, several hands: whatever the order, the connected system ends as the directory says. */
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createAccess } from '../../src/access/access.ts'
import type { Connector } from '../../src/connectors/connector.ts'
import { createGrantsRepository } from '../../src/grants/grants.repository.ts'
import { createMembers } from '../../src/groups/members.commands.ts'
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
  const grants = createGrantsRepository({ db: app.db, audit: app.auditLog })
  const access = createAccess({ connectorFor: async () => connector, grants })
  const members = createMembers({ db: app.db, auditLog: app.auditLog, connectorFor: async () => connector })
  const ids = { groupId: group.id, userId: user.id }
  const actor = { ...user, roles: ['admin'] }
  const operation = () => ({ actor, origin: {}, operationId: uuidv7() })
  const request = () => {
    const company = createCompany()
    const asked = aRequest(company, company.hire(), { id: uuidv7(), connectorId })
    return {
      ...asked,
      requester: { ...asked.requester, id: user.id },
      flow: { ...asked.flow, id: flow.id, groupId: group.id },
    }
  }
  return {
    user,
    give: () => access.give(request(), new Date().toISOString()),
    put: () => members.add(operation(), ids),
    takeOut: () => members.remove(operation(), ids),
    async endAGrant() {
      const { id } = await aGrantRow(app.db, { flow, user })
      const grant = await grants.find(id)
      if (!grant) throw new Error('the grant is not there')
      target.add(user.id)
      return async () => {
        await access.takeAway({ ...grant, connectorId })
        await grants.recordEnd(grant, { at: new Date().toISOString(), by: null, origin: null } as never)
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
