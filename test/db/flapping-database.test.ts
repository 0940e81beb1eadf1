import type postgres from 'postgres'
import { expect, onTestFinished, test, vi } from 'vitest'
import { builds, codeOf, createBreakableClient, settled, watchUncaught } from './breakable-client.ts'

const rounds = 60
const refusals = ['CONNECTION_CLOSED', 'CONNECT_TIMEOUT', 'ECONNRESET', 'ECONNREFUSED', 'EPIPE']

type Ask = (n: number) => Promise<unknown>

/** One query, answered with its own number. */
const byQuery =
  (sql: postgres.Sql): Ask =>
  async (n) =>
    (await sql`select ${n}::int as answer`)[0]?.['answer']

/** The same by a transaction, with a large statement before it and another beside it. */
const byTransaction =
  (sql: postgres.Sql): Ask =>
  (n) =>
    sql.begin(async (tx) => {
      await tx`select ${'x'.repeat(2000)}::text`
      const [own] = await Promise.all([tx`select ${n}::int as answer`, tx`select -1 as answer`])
      return own[0]?.['answer'] as number
    })

test.each(builds)(
  'by $build: under load each query is answered with its own answer or refused, however often the connections break',
  async ({ connect }) => {
    const uncaught = watchUncaught()
    const { sql, proxy, close } = await createBreakableClient(connect, 8)
    onTestFinished(close)
    const counts = { answered: 0, refused: 0 }
    const odd: unknown[] = []
    let isOver = false
    const askOnAndOn = async (ask: Ask) => {
      for (let n = 0; !isOver; n += 1) {
        const answer = await settled(ask(n)).catch(codeOf)
        if (answer === n) counts.answered += 1
        else if (refusals.includes(String(answer))) counts.refused += 1
        else odd.push(answer)
        isOver ||= odd.length > 0
        if (answer !== n) await new Promise((resolve) => setImmediate(resolve))
      }
    }
    const askers = Promise.all(
      Array.from({ length: 24 }, (_, i) => askOnAndOn(i % 3 === 0 ? byTransaction(sql) : byQuery(sql))),
    )

    for (let round = 1; round <= rounds && !isOver; round += 1) {
      const enough = counts.answered + (round % 20)
      await vi.waitUntil(() => isOver || counts.answered > enough, { timeout: 10_000, interval: 5 })
      proxy.drop(round % 2 === 0 ? 'politely' : 'abruptly')
    }
    isOver = true
    await askers

    expect(odd).toEqual([])
    expect(counts.refused).toBeGreaterThan(rounds)
    expect(await settled(sql`select 1 as answer`)).toEqual([{ answer: 1 }])
    uncaught.stop()
  },
)
