/** Ten thousand people in one file: measured alone, because it is a matter of seconds. */
import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { users } from '../../src/features/directory/users/users.table.ts'
import { startTestApp } from '../support/app.ts'
import { aGroup } from '../support/directory.ts'

const count = 10_000
const address = (at: number) => `mass.${at}@example.test`
const everyone = Array.from({ length: count }, (_, at) => at)

test('10,000 people with managers, departments and a group come in within 30 s, and go within 30 s', async () => {
  const app = await startTestApp()
  const admin = await app.signIn()
  const { name: group } = await aGroup(admin)
  const seconds: number[] = []
  async function importing(header: string, line: (at: number) => string) {
    const start = performance.now()
    const text = [header, ...everyone.map(line)].join('\n')
    const { body } = await admin.sendFile('/users/import', text, { 'content-type': 'text/csv' })
    seconds.push((performance.now() - start) / 1000)
    return [body.created, body.changed, body.unchanged]
  }
  const bossOf = (at: number) => address(Math.floor((at - 1) / 10))

  const made = await importing(
    'Name,Email,Manager email,Department,Groups',
    (at) => `Person ${at},${address(at)},${at === 0 ? '' : bossOf(at)},Dept ${at % 50},${group}`,
  )
  const moved = await importing('Email,Department', (at) => `${address(at)},Moved`)
  const gone = await importing('Email,State', (at) => `${address(at)},suspended`)

  expect([made, moved, gone]).toEqual([
    [count, 0, 0],
    [0, count, 0],
    [0, count, 0],
  ])
  const [row] = await app.db
    .select({ gone: sql<number>`count(*)::int` })
    .from(users)
    .where(eq(users.state, 'suspended'))
  expect(row?.gone).toBe(count)
  expect((await app.auditLog.verify(app.db)).fault).toBeNull()
  console.info(`10,000 people made, changed, suspended: ${seconds.map((each) => each.toFixed(1)).join(', ')} s`)
  expect(Math.max(...seconds)).toBeLessThan(30)
  await app.close()
}, 120_000)
