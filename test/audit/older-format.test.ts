/** A log that was begun by a version before goes on, and still verifies. */
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuditEntry } from '../../src/domain/audit-entry.ts'
import { hashOf, macOfHead } from '../../src/features/audit/audit.chain.ts'
import { contentOf, searchTextOf } from '../../src/features/audit/audit.content.ts'
import { auditEvents, auditHead } from '../../src/features/audit/audit.table.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
  await asBefore(3)
  await app.db.transaction((tx) => app.auditLog.append(tx, [entry(), entry()]))
})
afterAll(() => app.close())

function entry(): AuditEntry {
  return {
    sourceKey: uuidv7(),
    eventType: 'user_update',
    timestamp: '2026-03-01T10:00:00.000Z',
    initiatedBy: { id: uuidv7(), type: 'user', email: 'somebody@example.test' },
    resource: { type: 'user', id: uuidv7(), name: 'Somebody' },
    changes: [{ field: 'name', from: 'Some', to: 'Somebody' }],
  }
}

/** The log as the version before would have written it, in place of what is there. */
async function asBefore(count: number): Promise<void> {
  await app.superuser.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`)
    await tx.execute(sql`truncate audit_events`)
    const [head] = await tx.select().from(auditHead)
    const key = app.secretBox.open(head?.sealedKey as Buffer)
    let end: { seq: number; hash: Buffer } = { seq: 0, hash: Buffer.alloc(32) }
    for (let seq = 1; seq <= count; seq += 1) {
      const made = contentOf(entry())
      const added = { format: 1, personalKey: null, personalDigest: null, erased: null, searchText: searchTextOf(made) }
      const content = { seq, ...made, ...added }
      const hash = hashOf(content, end.hash, key)
      await tx.insert(auditEvents).values({ ...content, previousHash: end.hash, hash })
      end = { seq, hash }
    }
    await tx.update(auditHead).set({ ...end, mac: macOfHead(end, key) })
  })
}

async function faultAfter(statement: string) {
  let fault: Awaited<ReturnType<typeof app.auditLog.verify>>['fault'] = null
  const undo = new Error('undo')
  await app.superuser
    .transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`)
      await tx.execute(sql.raw(statement))
      fault = (await app.auditLog.verify(tx)).fault
      throw undo
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error
    })
  return fault
}

test('rows of the version before and rows of this one are one chain', async () => {
  const formats = await app.database.raw`select format from audit_events order by seq`

  expect(formats.map(({ format }) => format)).toEqual([1, 1, 1, 2, 2])
  expect(await app.auditLog.verify(app.db)).toMatchObject({ rows: 5, fault: null })
})

test('every column of the older rows is covered, search text included', async () => {
  expect(await faultAfter(`update audit_events set search_text = 'nobody' where seq = 2`)).toEqual({
    seq: 2,
    fault: 'a name, an address or a text of this row was changed',
  })
  expect(await faultAfter(`update audit_events set resource_name = 'Nobody' where seq = 2`)).toMatchObject({ seq: 2 })
})

test('no row of the older format stands after one of the newer', async () => {
  expect(await faultAfter('update audit_events set format = 1 where seq = 5')).toMatchObject({ seq: 5 })
  expect(await faultAfter('update audit_events set format = 2 where seq = 1')).toMatchObject({ seq: 1 })
})
