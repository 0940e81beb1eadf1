/** Files of people as programs write them, and files that are something else. */
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { joinGroups, splitGroups } from '../../src/features/directory/people/people.columns.ts'
import { mostLines, readPeopleFile } from '../../src/features/directory/people/people.csv.ts'
import type { TestApp } from '../support/app.ts'
import { startTestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { parseCsv } from '../support/csv.ts'
import { aGroup, aUser, unique } from '../support/directory.ts'

let app: TestApp
let admin: Client

beforeAll(async () => {
  app = await startTestApp()
  admin = await app.signIn()
})
afterAll(() => app.close())

const read = (text: string, encoding: BufferEncoding = 'utf8') => readPeopleFile(Buffer.from(text, encoding))
const refusalOf = (bytes: Buffer) => {
  try {
    readPeopleFile(bytes)
    return undefined
  } catch (error) {
    return error as { message: string; code: string; details: { file: unknown } }
  }
}
const post = (body: string | Blob, contentType = 'text/csv') =>
  admin.sendFile('/users/import?dryRun=true', body, { 'content-type': contentType })

describe('a file is read', () => {
  test.each([
    ['commas', 'Name,Email,Job title\nZoë,zoe@x.test,Chief'],
    ['semicolons', 'Name;Email;Job title\nZoë;zoe@x.test;Chief'],
    ['tabs', 'Name\tEmail\tJob title\nZoë\tzoe@x.test\tChief'],
    ['a line for Excel that names the separator', 'sep=;\r\nName;Email;Job title\r\nZoë;zoe@x.test;Chief'],
    ['a byte-order mark', '\ufeffName,Email,Job title\nZoë,zoe@x.test,Chief'],
    ['CRLF', 'Name,Email,Job title\r\nZoë,zoe@x.test,Chief\r\n'],
    ['CR', 'Name,Email,Job title\rZoë,zoe@x.test,Chief\r'],
    ['quotation marks', '"Name","Email","Job title"\n"Zoë","zoe@x.test","Chief"\n'],
    ['quoted semicolons', '"Name";"Email";"Job title"\n"Zoë";"zoe@x.test";"Chief"\n'],
    ['German names in another order', 'E-Mail;Position;Name\nzoe@x.test;Chief;Zoë'],
    ['names of the API', 'jobTitle,email,name\nChief,zoe@x.test,Zoë'],
    ['empty lines', '\nName,Email,Job title\n\nZoë,zoe@x.test,Chief\n\n\n'],
  ])('with %s', (_, text) => {
    const { people, refused } = read(text)

    expect(refused).toEqual([])
    expect(people).toMatchObject([{ key: 'zoe@x.test', name: 'Zoë', email: 'zoe@x.test', jobTitle: 'Chief' }])
  })

  test('in Windows-1252, in Latin-1 and in UTF-16', () => {
    const text = 'Name;Email\nZoë Müller;zoe@x.test'
    const euro = Buffer.concat([Buffer.from('Name;Email\n'), Buffer.from([0x80, 0x20, 0x93]), Buffer.from(';a@x.test')])

    expect(read(text, 'latin1').people[0]?.name).toBe('Zoë Müller')
    expect(readPeopleFile(euro).people[0]?.name).toBe('€ “')
    expect(readPeopleFile(Buffer.from(`\ufeff${text}`, 'utf16le')).people[0]?.name).toBe('Zoë Müller')
  })

  test('with line breaks in quoted cells, and the lines still have their numbers', () => {
    const { refused, people } = read('Email,Department\n"a@x.test","two\nlines"\n\n"b@x.test",\nnobody,\n')

    expect(people.map(({ line }) => line)).toEqual([2, 5])
    expect(refused).toMatchObject([
      { line: 2, path: 'department', code: 'not_one_line' },
      { line: 6, path: 'email', code: 'invalid_format' },
    ])
  })

  test('where empty leaves a field, and a hyphen empties it', () => {
    const { people } = read(
      'Email,Manager email,Department,Job title,State,Groups\na@x.test,-,-,,,-\nb@x.test,,,,,A | B',
    )

    expect(people).toEqual([
      { line: 2, key: 'a@x.test', email: 'a@x.test', department: null, manager: null, groups: null },
      { line: 3, key: 'b@x.test', email: 'b@x.test', manager: undefined, groups: ['A', 'B'] },
    ])
  })

  test('where what is wrong is said of each cell', () => {
    const { refused } = read('Name,Email,State,Manager email\n,,dormant,nobody\nx,y@x.test,,,more')

    expect(refused.map(({ line, path, code }) => [line, path, code])).toEqual([
      [2, 'state', 'not_one_of'],
      [2, 'managerEmail', 'invalid_format'],
      [2, 'email', 'required'],
      [3, '', 'unknown_field'],
    ])
  })

  test.each([['A'], ['A | B'], ['back\\slash'], ['\\|'], ['A', 'B|', '|C', '\\']])(
    'with groups %j %j %j',
    (...names) => {
      expect(splitGroups(joinGroups(names))).toEqual(names)
    },
  )
})

describe('a file is refused as a whole', () => {
  test.each([
    ['a workbook', Buffer.from('504b0304140000', 'hex'), { reason: 'other_kind', kind: 'workbook' }],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), { reason: 'other_kind', kind: 'old_workbook' }],
    ['JSON', Buffer.from('[{"name": "Ada"}]'), { reason: 'other_kind', kind: 'json' }],
    ['HTML', Buffer.from('<!DOCTYPE html><table>'), { reason: 'other_kind', kind: 'markup' }],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), { reason: 'other_kind', kind: 'binary' }],
    ['nothing', Buffer.from('\n\n'), { reason: 'empty' }],
    ['a text', Buffer.from('Dear all,\nhello'), { reason: 'no_columns' }],
    ['only names', Buffer.from('Name,Email'), { reason: 'no_people' }],
    ['no addresses', Buffer.from('Name,Department\nAda,Sales'), { reason: 'no_email' }],
    ['a column twice', Buffer.from('Email,Mail\na@x.test,b@x.test'), { reason: 'column_twice', name: 'Email' }],
    [
      'other columns',
      Buffer.from('Email,Salary,\na@x.test,1,'),
      { reason: 'unknown_columns', names: ['“Salary”', '(without a name)'] },
    ],
    ['an open quotation mark', Buffer.from('Email,Name\na@x.test,"Ada\nb@x.test,Ben'), { reason: 'not_closed' }],
  ])('that is or has %s', (_, bytes, file) => {
    const refusal = refusalOf(bytes)

    expect([refusal?.code, refusal?.details.file]).toMatchObject(['invalid_input', file])
  })

  test('that has too many lines', () => {
    const lines = Array.from({ length: mostLines + 1 }, (_, at) => `a${at}@x.test`)

    expect(refusalOf(Buffer.from(`Email\n${lines.join('\n')}`))?.details.file).toEqual({
      reason: 'too_many',
      maximum: mostLines,
    })
  })

  test('of another content type', async () => {
    expect((await post('Email\na@x.test', 'application/json')).status).toBe(415)
    expect((await post('', 'text/csv')).status).toBe(422)
  })

  test('of nobody is not looked at', async () => {
    const answer = await app.client().send('POST', '/users/import', { body: {} })

    expect(answer.status).toBe(401)
  })

  test('of 100 MB before it is sent', async () => {
    const { status, sent } = await sendSlowly(100_000_000)

    expect([status, sent]).toEqual([413, 0])
  })

  test('that turns out to be too large while it comes', async () => {
    const stream = new Blob([new Uint8Array(11_000_000).fill(97)])

    const answer = await post(stream)

    expect([answer.status, answer.body.detail]).toEqual([413, 'The file is larger than 10 MB.'])
  })
})

/** Says how much there is, and sends nothing until there is an answer. */
function sendSlowly(bytes: number): Promise<{ status: number | undefined; sent: number }> {
  return new Promise((resolve, reject) => {
    const call = request(`${app.base}/api/v1/users/import`, {
      method: 'POST',
      headers: {
        'content-type': 'text/csv',
        'content-length': bytes,
        cookie: admin.cookie,
        'x-csrf-token': admin.csrfToken,
      },
    })
    call.on('error', reject)
    call.on('response', (answer) => {
      resolve({ status: answer.statusCode, sent: 0 })
      call.destroy()
    })
    call.flushHeaders()
  })
}

test('a hyphen empties a field, and a guarded one is that text', () => {
  const { people, refused } = read("Email,Department,Job title,Groups\na@x.test,-,'-,'-\nb@x.test,'-, - ,-")

  expect(refused).toEqual([])
  expect(people).toMatchObject([
    { department: null, jobTitle: '-', groups: ['-'] },
    { department: '-', jobTitle: null, groups: null },
  ])
})

describe('everybody as a file', () => {
  test('comes back in as it went out, formulas and all', async () => {
    const group = await aGroup(admin, { name: unique('=A | B') })
    const boss = await aUser(admin, { name: "'=Boss" })
    const names = [
      '=cmd|x',
      "'quoted",
      "''=twice",
      '+49 30',
      '@home',
      'Semi; colon, "quoted"',
      'a;=1+1',
      "a;'=1;+2",
      'a; "-2"',
    ]
    for (const name of names) {
      const user = await aUser(admin, { name, department: '-Sales', jobTitle: '＝full', managerId: boss.id })
      await admin.put(`/user-groups/${group.id}/members/${user.id}`)
    }
    const hyphen = await aGroup(admin, { name: '-' })
    const dashed = await aUser(admin, { name: '-', department: '-', jobTitle: '-', managerId: boss.id })
    await admin.put(`/user-groups/${hyphen.id}/members/${dashed.id}`)
    const { body: everybody } = await admin.get('/users?limit=200')

    const file = await admin.get('/users/export')
    const again = await post(String(file.body))

    expect(file.headers.get('content-disposition')).toMatch(/attachment; filename="users-\d{4}-\d\d-\d\d\.csv"/)
    expect(again.body).toMatchObject({ created: 0, changed: 0, unchanged: everybody.items.length, refused: [] })
    const events = await admin.get('/directory-insights/events?eventType=access_management_export')
    expect(events.body.items).toMatchObject([{ resource: { type: 'users' } }])
  })

  test('in German and for programs is understood as well', async () => {
    for (const query of ['?language=de', '?columns=code']) {
      const { body } = await admin.get(`/users/export${query}`)
      expect((await post(String(body))).body).toMatchObject({ created: 0, changed: 0, refused: [] })
    }
  })

  test('has a template, which makes nobody by itself', async () => {
    const { body } = await admin.get('/users/export?template=true')

    expect(parseCsv(String(body))[0]?.length).toBe(7)
    expect((await post(String(body))).body).toMatchObject({
      created: 0,
      refused: [{ path: 'managerEmail' }, { path: 'groups' }, {}],
    })
  })
})
