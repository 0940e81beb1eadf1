/** CSV for spreadsheets, and for programs. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { parseCsv } from '../support/csv.ts'
import { aUser } from '../support/directory.ts'

let app: TestApp
let admin: Client

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
  await aUser(admin, { name: 'Zoë' })
})
afterAll(() => app.close())

const exports: [string, { en: string; de: string; code: string; name: string }][] = [
  [
    '/directory-insights/events/export',
    { en: 'Time', de: 'Zeit', code: 'timestamp', name: 'directory-insights-events' },
  ],
]
const mark = [0xef, 0xbb, 0xbf]
async function firstBytesOf(path: string): Promise<number[]> {
  const answer = await fetch(`${app.base}/api/v1${path}`, { headers: { cookie: admin.cookie ?? '' } })
  return [...new Uint8Array(await answer.arrayBuffer()).slice(0, 3)]
}
const bodyOf = async (path: string) => (await admin.get(path)).body as string

describe.each(exports)('GET %s as CSV', (path, { en, de, code, name }) => {
  test('begins with the mark by which spreadsheets know UTF-8, and has headers in words of either language', async () => {
    const english = await bodyOf(`${path}?format=csv`)
    const german = await bodyOf(`${path}?format=csv&language=de&timeZone=Europe/Berlin`)

    expect(await firstBytesOf(`${path}?format=csv`)).toEqual(mark)
    expect(parseCsv(english)[0]).toContain(`${en} (UTC)`)
    expect(parseCsv(german)[0]).toContain(`${de} (Europe/Berlin)`)
  })

  test('writes times as spreadsheets read them, in the time zone that the header says', async () => {
    const inCode = parseCsv(await bodyOf(`${path}?format=csv&columns=code`)).at(-1) ?? []
    const inUtc = parseCsv(await bodyOf(`${path}?format=csv`)).at(-1) ?? []
    const rows = parseCsv(await bodyOf(`${path}?format=csv&timeZone=Asia/Kolkata`))
    const place = rows[0]?.indexOf(`${en} (Asia/Kolkata)`) ?? -1

    expect(inCode[place]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(inUtc[place]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
    const shifted = Date.parse(`${rows.at(-1)?.[place]}Z`) - Date.parse(`${inUtc[place]}Z`)
    expect(shifted).toBe(5.5 * 3_600_000)
  })

  test('keeps the names of fields and RFC 3339 for programs that ask for columns=code', async () => {
    const text = await bodyOf(`${path}?format=csv&columns=code&language=de`)

    expect(await firstBytesOf(`${path}?format=csv&columns=code`)).not.toEqual(mark)
    expect(parseCsv(text)[0]).toContain(code)
  })

  test('is named after what it holds and the day', async () => {
    const { headers } = await admin.get(`${path}?format=csv`)

    expect(headers.get('content-disposition')).toMatch(new RegExp(`filename="${name}-\\d{4}-\\d\\d-\\d\\d\\.csv"`))
  })

  test('refuses a time zone that there is not', async () => {
    const { status, body } = await admin.get(`${path}?format=csv&timeZone=Atlantis`)

    expect([status, body.errors[0]]).toEqual([
      422,
      expect.objectContaining({ path: 'timeZone', message: 'must be a time zone such as Europe/Berlin or UTC' }),
    ])
  })
})

/** As a reader takes it apart that knows only this separator: quotes count where a cell begins with them. */
function cellsBy(separator: string, csv: string): string[] {
  const cell = new RegExp(
    `(?:^|\\${separator}|\\r\\n|\\n|\\r)(?:"((?:[^"]|"")*)"?([^${separator}\\r\\n]*)|([^${separator}\\r\\n]*))`,
    'g',
  )
  return [...csv.replace('\ufeff', '').matchAll(cell)].map(([, quoted, rest = '', plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"') + rest,
  )
}

test.each([',', ';', '\t'])('no cell begins a formula, also where %j separates the cells', async (separator) => {
  const names = ['please;=1+1', 'a;"=1+1', 'b; +49', 'c;"";@SUM(1)', "d;'-2", '=e;=f', 'g;\u200b=1', 'h ;\uff1d1']
  for (const name of names) await aUser(admin, { name, department: 'x;-1', jobTitle: 'y, =1;=1' })

  for (const columns of ['words', 'code']) {
    const csv = (await admin.get(`/users/export?columns=${columns}`)).body as string
    const formulas = cellsBy(separator, csv).filter((cell) => /^[\s"\p{Cf}]*[=+\-@\uff1d]/u.test(cell))
    expect(formulas).toEqual([])
  }
})

test('the file of the queue says tab and status in its name, and JSON stays as it was', async () => {
  const nameOf = async (query: string) =>
    (await admin.send('HEAD', `/access-requests/export?${query}`)).headers.get('content-disposition')

  expect(await nameOf('format=csv&queue=administrator&status=pending')).toMatch(
    /"requests-administrator-pending-\d{4}-\d\d-\d\d\.csv"/,
  )
  expect(await nameOf('format=csv&status=pending,error')).toMatch(/"requests-\d{4}-\d\d-\d\d\.csv"/)
  expect(await nameOf('format=json')).toContain('"access-requests.json"')
})
