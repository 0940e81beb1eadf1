/** What the log keeps of HTTP calls: what was called and what came of it, never what people typed. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { route } from '../../src/platform/http/route.ts'
import { createLog } from '../../src/platform/log/log.ts'
import { administrator, startTestApp, type TestApp } from '../support/app.ts'

const lines: string[] = []
const marker = 'marker-8f2c'
let app: TestApp

beforeAll(async () => {
  const log = createLog({ level: 'info', part: 'api' }, { write: (line: string) => void lines.push(line) })
  app = await startTestApp({
    log,
    routes: ({ db }) => [
      route({
        method: 'get',
        path: '/broken',
        summary: 'Fails in the database',
        tag: 'Test',
        ability: 'session.use',
        responses: {},
        handler: async () => {
          await db.execute(sql`select ${marker} from nowhere`)
          return null
        },
      }),
    ],
  })
})
afterAll(() => app.close())

test('searches, bodies, credentials and the values of failed queries are not in it', async () => {
  const admin = await app.signIn()
  await admin.get(`/users?q=${marker}`)
  await admin.post('/users', { name: marker, email: 'marker@example.test', password: `${marker}-password` })
  await admin.post('/users', { name: marker, email: 'no address' })

  const broken = await admin.get('/broken')

  const all = lines.join('')
  expect(broken.status).toBe(500)
  expect(all).toContain('"path":"/api/v1/users"')
  expect(all).toContain('relation \\"nowhere\\" does not exist')
  for (const secret of [marker, administrator.password, admin.cookie?.split('=')[1], admin.csrfToken])
    expect(all).not.toContain(secret)
})

test('a failure is found by the id that its caller was told', async () => {
  const admin = await app.signIn()

  const { body } = await admin.get('/broken')

  expect(lines.filter((line) => line.includes(body.requestId) && line.includes('nowhere'))).not.toEqual([])
})
