/** Mails that ask for a decision which somebody else has made by the time they are sent. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AccessRequest } from '../../src/domain/request/record.ts'
import { findNeedlessMails } from '../../src/features/requests/needless-mails.repository.ts'
import { insertRequest, rowOf } from '../../src/features/requests/requests.repository.ts'
import { accessRequests } from '../../src/features/requests/requests.table.ts'
import { type Database, openDatabase } from '../../src/platform/db/client.ts'
import { mailIdOf } from '../../src/platform/mail/mail.repository.ts'
import type { MailKind } from '../../src/platform/mail/mail.types.ts'
import { aRequest, movesOf } from '../support/a-request.ts'
import { createCompany } from '../support/company.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let testDatabase: TestDatabase
let database: Database

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url)
})
afterAll(async () => {
  await database.close()
  await testDatabase.drop()
})

const keep = (request: AccessRequest) =>
  database.db.update(accessRequests).set(rowOf(request, true)).where(eq(accessRequests.id, request.id))

test('those to the rest of a group are needless once one of them has decided, and what only tells is not', async () => {
  const company = createCompany()
  const [ana, bo, owner] = [company.addUser(), company.addUser(), company.addUser()]
  const groupId = company.team([ana, bo])
  const approvers = [
    { kind: 'user_group' as const, groupId, required: 1 as const },
    { kind: 'resource_owner' as const, userId: owner },
  ]
  const request = aRequest(company, company.addUser(), { approvers, requirement: 'all' })
  await insertRequest(database.db, request, [])
  const mail = (kind: MailKind, recipientId: string) => {
    const id = mailIdOf(`${kind} ${recipientId}`)
    return { id, kind, recipientId, accessRequestId: request.id, data: {} }
  }
  const queued = [
    mail('review_requested_approver', bo),
    mail('review_requested_approver', owner),
    mail('request_for_approvers', company.addUser({ isAdministrator: true })),
    mail('request_submitted', request.requester.id),
  ]
  const needless = () => findNeedlessMails(database.db, queued)
  expect(await needless()).toEqual([])

  const moves = movesOf(company)
  const decided = moves.approve(request, ana)
  await keep(decided)
  expect(await needless()).toEqual([queued[0]?.id])

  await keep(moves.deny(decided, owner))
  expect(await needless()).toEqual([queued[0]?.id, queued[1]?.id])
})
