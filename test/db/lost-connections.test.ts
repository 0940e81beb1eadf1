/**
 * What the database driver promises when its connection breaks, whenever that is: each query is answered or refused,
 * none waits for ever, none runs where it does not belong, and no error escapes that would end the process.
 * The driver as it is published breaks each of these: patches/ mends them (docs/adr/0011).
 */
import { Socket } from 'node:net'
import type postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  type BreakableClient,
  builds,
  codeOf,
  createBreakableClient,
  settled,
  watchUncaught,
} from './breakable-client.ts'

let client: BreakableClient
let uncaught: ReturnType<typeof watchUncaught>

beforeEach(() => {
  uncaught = watchUncaught()
})
afterEach(async () => {
  await client.close()
  uncaught.stop()
})

async function open(connect: typeof postgres, max: number): Promise<BreakableClient> {
  client = await createBreakableClient(connect, max)
  return client
}

describe.each(builds)('by $build', ({ connect }) => {
  test('a statement of a transaction whose connection is gone is refused', async () => {
    const { sql, loseConnection } = await open(connect, 2)

    let late: unknown
    const transaction = sql.begin(async (tx) => {
      await tx`select 1`
      await loseConnection()
      late = await tx`select 2`.catch(codeOf)
    })

    expect(await settled(transaction.catch(codeOf))).toBe('CONNECTION_CLOSED')
    await expect.poll(() => late).toBe('CONNECTION_CLOSED')
    expect(await settled(sql`select 3 as answer`)).toEqual([{ answer: 3 }])
  })

  test('what is left of a lost transaction does not run in the session of another', async () => {
    const { sql, loseConnection } = await open(connect, 1)
    await sql`create table kept (name text)`
    const { promise: othersTurn, resolve: goOn } = withResolvers()

    const lost = sql.begin(async (tx) => {
      await tx`insert into kept values ('first of the lost')`
      await loseConnection()
      await othersTurn
      await tx`insert into kept values ('second of the lost')`
    })
    expect(await settled(lost.catch(codeOf))).toBe('CONNECTION_CLOSED')
    await settled(
      sql.begin(async (tx) => {
        await tx`insert into kept values ('first of the other')`
        goOn()
        await new Promise((resolve) => setImmediate(resolve))
        await tx`insert into kept values ('second of the other')`
      }),
    )

    expect(await settled(sql`select name from kept`.values())).toEqual([
      ['first of the other'],
      ['second of the other'],
    ])
  })

  test('statements that wait for their turn in a transaction are refused with it', async () => {
    const { sql, loseConnection, sleepers } = await open(connect, 1)

    let waiting: Promise<unknown>[] = []
    const transaction = sql.begin(async (tx) => {
      waiting = [1, 2, 3].map(() => tx`select pg_sleep(30)`.catch(codeOf))
      await Promise.all(waiting)
      await tx`select 1`
    })
    await expect.poll(sleepers).toBe(1)
    await loseConnection()

    expect(await settled(transaction.catch(codeOf))).toBe('CONNECTION_CLOSED')
    expect(await settled(Promise.all(waiting))).toEqual(Array(3).fill('CONNECTION_CLOSED'))
  })

  test('a query between the error of a connection and its end is refused, and answers stay with their questions', async () => {
    const { sql, proxy, sleepers } = await open(connect, 1)
    await sql`select 1`

    const first = sql`select pg_sleep(30)`.catch(codeOf)
    const second = first.then(() => sql`select 'second' as answer`.catch(codeOf))
    await expect.poll(sleepers).toBe(1)
    proxy.drop('abruptly')

    expect(await settled(first)).toBe('ECONNRESET')
    expect(await settled(second)).toBe('CONNECTION_CLOSED')
    for (const answer of [1, 2, 3]) expect(await settled(sql`select ${answer}::int as answer`)).toEqual([{ answer }])
  })

  test('what waits to be sent when its connection ends is not sent on the next', async () => {
    const connecting = vi.spyOn(Socket.prototype, 'connect')
    const { sql, proxy } = await open(connect, 1)
    await sql`select 1`
    const socket = (connecting.mock.contexts as Socket[]).find(({ remotePort }) => remotePort === proxy.port)
    connecting.mockRestore()

    const waiting = new Promise((resolve) => {
      // Within one turn of the event loop: the query is sent in the next one, and the connection ends in this one.
      setImmediate(() => {
        socket?.destroy()
        resolve(sql`select 1`.catch(codeOf))
      })
    })

    expect(await settled(waiting)).toBe('CONNECTION_CLOSED')
    expect(await settled(sql`select 2 as answer`)).toEqual([{ answer: 2 }])
  })

  test('a connection that ends while it is opened refuses its query', async () => {
    const { sql, proxy } = await open(connect, 1)
    proxy.cut()

    expect(await settled(sql`select 1`.catch(codeOf))).toBe('CONNECTION_CLOSED')
    proxy.restore()
    expect(await settled(sql`select 2 as answer`)).toEqual([{ answer: 2 }])
  })

  test('a connection that ends while it asks for the types refuses its query, and nothing else', async () => {
    const { sql, proxy } = await open(connect, 1)
    proxy.dropOn('pg_catalog.pg_type')

    expect(await settled(sql`select 1`.catch(codeOf))).toBe('CONNECTION_CLOSED')
    expect(await settled(sql`select 2 as answer`)).toEqual([{ answer: 2 }])
  })

  test('a reserved connection that is gone refuses its queries, and is of use again to others', async () => {
    const { sql, loseConnection } = await open(connect, 1)
    const reserved = await sql.reserve()
    await reserved`select 1`
    await loseConnection()

    expect(await settled(reserved`select 2`.catch(codeOf))).toBe('CONNECTION_CLOSED')
    reserved.release()
    expect(await settled(sql`select 3 as answer`)).toEqual([{ answer: 3 }])
  })

  test('the end of the client does not wait for a query whose connection is gone', async () => {
    const { sql, loseConnection, sleepers } = await open(connect, 1)
    const lost = sql`select pg_sleep(30)`.catch(codeOf)
    await expect.poll(sleepers).toBe(1)
    await loseConnection()
    expect(await settled(lost)).toBe('CONNECTION_CLOSED')

    await settled(sql.end())
  })
})

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {}
  const promise = new Promise<void>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
