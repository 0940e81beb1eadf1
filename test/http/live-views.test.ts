/** Live views: viewers share counts and are told them in order; one user has few views, and nothing stays of them when they go. */
import { get } from 'node:http'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { countQueue, type QueueCounts } from '../../src/features/requests/queue.repository.ts'
import { countAll } from '../../src/features/requests/queue-counts.repository.ts'
import { createRequestStream } from '../../src/features/requests/requests.stream.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { aUser, password } from '../support/directory.ts'

let app: TestApp
let admin: Client
let stream: ReturnType<typeof createRequestStream>
let counted: number
let failing: boolean
/** What is counted is told only then. */
let release: Promise<void>

// Of its own for each test: a count that a view of one test began would be told to those of the next.
beforeEach(async () => {
  counted = 0
  failing = false
  release = Promise.resolve()
  app = await startTestApp({
    routes: ({ db, database }) => {
      stream = createRequestStream({
        raw: database.raw,
        async countAll() {
          counted += 1
          if (failing) throw new Error('the database is away')
          const counts = await countAll(db)
          await release
          return counts
        },
        count: (filter, all) => countQueue(db, filter, all),
        log: { warn: () => undefined },
      })
      return stream.routes()
    },
  })
  await stream.start()
  admin = await app.signIn()
})
afterEach(async () => {
  await stream.stop()
  await app.close()
})

interface View {
  status: number | undefined
  retryAfter: string | undefined
  /** What was answered so far. */
  text: string
  hasEnded: boolean
  close(): void
}

/** A view on a connection of its own, when its answer has begun. */
function openView(query = '', { cookie = '' }: Pick<Client, 'cookie'> = admin): Promise<View> {
  const headers = { cookie }
  return new Promise((resolve, reject) => {
    const call = get(`${app.base}/api/v1/access-requests/stream${query}`, { headers, agent: false }, (answer) => {
      const view: View = {
        status: answer.statusCode,
        retryAfter: answer.headers['retry-after'],
        text: '',
        hasEnded: false,
        close: () => void call.destroy(),
      }
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        view.text += chunk
      })
      answer.once('end', () => {
        view.hasEnded = true
      })
      answer.once('error', () => undefined)
      resolve(view)
    }).once('error', reject)
  })
}

const countsOf = ({ text }: View): QueueCounts[] =>
  [...text.matchAll(/^event: ?counts\n(?:id: ?.*\n)?data: ?(.*)$/gm)].map(
    ([, data]) => JSON.parse(data ?? '') as QueueCounts,
  )

function closeAll(views: View[]): void {
  for (const view of views) view.close()
}

function hold(): () => void {
  let end = () => undefined as void
  release = new Promise((resolve) => {
    end = resolve
  })
  return end
}

async function aPendingRequest(): Promise<void> {
  await app.db.execute(sql`
    insert into access_requests (id, version, status, queue, approval_type, flow_id, flow_name, requester_id, requester_name, created_at, updated_at, state)
    values (gen_random_uuid(), 1, 'pending', 'others', 'manual', gen_random_uuid(), 'Flow', gen_random_uuid(), 'Somebody', now(), now(), '{"reason": "because"}')`)
}

test('viewers who come together share one count, whatever their tabs, statuses and types', async () => {
  const letGo = hold()
  const queries = ['', '?status=pending', '?status=denied', '?approvalType=manual', '?status=error&approvalType=manual']
  const views = await Promise.all([...queries, ...queries.slice(0, 3)].map((query) => openView(query)))
  letGo()
  await expect.poll(() => views.map((view) => countsOf(view).length)).toEqual(views.map(() => 1))

  // That of the first, and one for those who came while it was made.
  expect(counted).toBeLessThanOrEqual(2)
  closeAll(views)
})

test('a count that takes long is not told after a newer one', async () => {
  const letGo = hold()
  const view = await openView()
  await expect.poll(() => counted).toBe(1)
  await aPendingRequest()
  await expect.poll(() => view.text).toMatch(/^event: ?request$/m)
  letGo()
  await expect.poll(() => countsOf(view).length).toBe(2)

  expect(countsOf(view).map(({ others }) => others)).toEqual([0, 1])
  closeAll([view])
})

test('a view that has no counters because they could not be read ends, so that its page comes again', async () => {
  const before = await openView()
  await expect.poll(() => countsOf(before).length).toBe(1)
  failing = true
  const view = await openView('?status=pending')
  await expect.poll(() => view.hasEnded).toBe(true)

  expect(before.hasEnded).toBe(false)
  closeAll([before])
})

/** Sockets and timers of this process, in which both sides are. */
const held = () => process.getActiveResourcesInfo().filter((name) => /TCPSocketWrap|Timeout/.test(name)).length

test('of a thousand views of one user eight are shown, the others say what to do, and nothing stays of them', async () => {
  const user = await aUser(admin, { password, roles: ['admin'] })
  const client = await app.signIn(user.email, password)
  const hundred = () => Promise.all(Array.from({ length: 100 }, () => openView('?status=pending', client)))

  const views: View[] = []
  for (let round = 0; round < 10; round++) views.push(...(await hundred()))
  const refused = views.filter(({ status }) => status === 429)
  expect(views.filter(({ status }) => status === 200)).toHaveLength(8)
  expect(refused).toHaveLength(992)
  expect(new Set(refused.map(({ retryAfter }) => retryAfter))).toEqual(new Set(['10']))
  await expect.poll(() => refused.every(({ text }) => text.includes('Close one of them first.'))).toBe(true)
  closeAll(views)

  // Those of the pool of connections to the database stay, with what the sign-in has left open.
  await expect.poll(held, { timeout: 10_000 }).toBeLessThan(50)
})
