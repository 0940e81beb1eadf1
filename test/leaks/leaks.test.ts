/** Nothing that people type turns up where it has no business. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answer, type Client, createClient } from '../support/client.ts'
import { aFlow, aGroup, anApplication, aUser } from '../support/directory.ts'
import { createService, eventually, type Service, signIn } from '../support/service.ts'
import { allowed, type Field, markerOf, type Place } from './markers.ts'

let service: Service
let admin: Client
let requester: Client
/** What was found to read at each place. */
let texts: Record<Place, string>
/** Made by the service, and told once. */
let secrets: Record<'token' | 'resetLink' | 'cookie' | 'csrfToken', string>
const failures: Answer[] = []

async function must(answer: Promise<Answer>): Promise<Answer['body']> {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`answered ${status}: ${JSON.stringify(body)}`)
  return body
}

async function mustFail(answer: Promise<Answer>): Promise<void> {
  const given = await answer
  if (given.status < 400) throw new Error(`answered ${given.status}: ${JSON.stringify(given.body)}`)
  failures.push(given)
}

const email = `${markerOf('personEmail')}@example.test`
const password = `${markerOf('password')} is long`

async function buildDirectory(): Promise<string[]> {
  const connector = await must(
    admin.post('/connectors', {
      name: markerOf('connectorName'),
      url: `http://127.0.0.1:9/${markerOf('connectorUrl')}`,
      secret: `whsec_${markerOf('connectorSecret').padEnd(36, 'A')}`,
    }),
  )
  await aUser(admin, {
    name: markerOf('personName'),
    email,
    password,
    department: markerOf('department'),
    jobTitle: markerOf('jobTitle'),
    state: 'activated',
  })
  const groupId = (await aGroup(admin, { name: markerOf('groupName') })).id
  await anApplication(admin, {
    name: markerOf('applicationName'),
    url: `https://${markerOf('applicationUrl')}.example.test`,
    groupIds: [groupId],
  })
  const named = { name: markerOf('flowName'), description: markerOf('flowDescription'), groupId }
  const elsewhere = (await aGroup(admin, { connectorId: connector.id })).id
  return [(await aFlow(admin, named)).id, (await aFlow(admin)).id, (await aFlow(admin, { groupId: elsewhere })).id]
}

async function ask(flow: string | undefined): Promise<string> {
  const body = { approvalFlowId: flow, reason: markerOf('reason') }
  return (await must(requester.post('/access-requests', body))).id
}

async function work(flows: string[]): Promise<string[]> {
  requester = createClient(service.base)
  await requester.signIn(email, password)
  const [granted, denied, broken] = [await ask(flows[0]), await ask(flows[1]), await ask(flows[2])]
  await must(admin.post(`/access-requests/${granted}/grant`, { message: markerOf('message') }))
  await must(
    admin.post(`/access-requests/${denied}/deny`, {
      reason: markerOf('denialReason'),
      nextSteps: markerOf('nextSteps'),
      internalNotes: markerOf('internalNotes'),
    }),
  )
  // The connected system is away: what comes of it is told to people and kept.
  await admin.post(`/access-requests/${broken}/grant`, { message: markerOf('message') })
  return [granted, denied, broken]
}

/** Everything that is refused. */
async function fail([granted = '', denied = '']: string[]): Promise<void> {
  const { body: me } = await requester.get('/me')
  const stranger = createClient(service.base)
  const { email: address } = await aUser(admin, { password: 'a good enough password' })
  await stranger.signIn(address, 'a good enough password')
  for (const client of [stranger, createClient(service.base)]) {
    await mustFail(client.get(`/access-requests/${granted}`))
    await mustFail(client.get(`/users/${me.user.id}`))
    await mustFail(client.get(`/users?q=${markerOf('search')}`))
    await mustFail(client.post(`/access-requests/${denied}/decisions`, { decision: 'approve' }))
  }
  await mustFail(requester.post(`/access-requests/${granted}/withdraw`))
  await mustFail(requester.post('/access-requests', { reason: markerOf('reason'), approvalFlowId: granted }))
  await mustFail(requester.post('/access-requests', { reason: [markerOf('reason')] }))
  await mustFail(requester.send('POST', '/access-requests', { body: `{"reason": "${markerOf('reason')}` }))
  const wrong = { currentPassword: markerOf('wrongPassword'), newPassword: `${markerOf('newPassword')} is long` }
  await mustFail(requester.post('/me/password', wrong))
  await mustFail(createClient(service.base).signIn(email, markerOf('wrongPassword')))
  await mustFail(createClient(service.base).signIn(markerOf('passwordInMailField'), 'typed a field too early'))
  await admin.get(`/users?q=${markerOf('search')}`)
  await admin.get(`/access-requests?q=${markerOf('search')}`)
}

async function useCredentials(): Promise<typeof secrets> {
  const { token } = await must(requester.post('/api-tokens', { name: markerOf('tokenName') }))
  await must(createClient(service.base, { token }).get('/me'))
  await must(createClient(service.base).post('/password-resets', { email }))
  const resetLink = await eventually(async () => /set-password#([\w-]+)/.exec(await mails())?.[1])
  const [cookie = '', csrfToken = ''] = [requester.cookie?.split('=')[1], requester.csrfToken]
  const found = { token, resetLink, cookie, csrfToken }
  const changed = { password: `${markerOf('newPassword')} is long` }
  await must(createClient(service.base).post(`/password-resets/${found.resetLink}`, changed))
  await mustFail(createClient(service.base).post(`/password-resets/${found.resetLink}`, changed))
  return found
}

const mails = async () => JSON.stringify(await (await fetch(`${service.mailBase}/api/email`)).json())

async function exported(path: string): Promise<string> {
  const [json, csv] = [await must(admin.get(`${path}?format=json`)), await must(admin.get(`${path}?format=csv`))]
  return `${JSON.stringify(json)}\n${csv}`
}

/** As bytes: whatever else stands in them. */
function filesIn(folder: string, isWanted: (name: string) => boolean): string {
  const names = readdirSync(folder).filter(isWanted)
  if (names.length === 0) throw new Error(`nothing to look through in ${folder}`)
  return names.map((name) => readFileSync(join(folder, name), 'latin1')).join('\n')
}

/** The requester's answers are those of before their password was changed. */
async function gather(asRequester: string): Promise<typeof texts> {
  return {
    mails: await mails(),
    requester: asRequester,
    export: await exported('/access-requests/export'),
    DI: await exported('/directory-insights/events/export'),
    errors: JSON.stringify(failures),
    logs: filesIn(join(service.dataDir, 'logs'), () => true),
    temporal: filesIn(service.dataDir, (name) => name.startsWith('temporal.db')),
    metrics: await (await fetch(`${service.base}/metrics`)).text(),
  }
}

beforeAll(async () => {
  service = await createService()
  await service.start()
  admin = createClient(service.base)
  await admin.signIn(signIn.email, signIn.password)
  const ids = await work(await buildDirectory())
  await fail(ids)
  const seen = await Promise.all(ids.map(async (id) => must(requester.get(`/access-requests/${id}`))))
  secrets = await useCredentials()
  // The mails of the last decision are the last to leave.
  await eventually(async () => (await mails()).includes(markerOf('nextSteps')))
  texts = await gather(JSON.stringify(seen))
}, 240_000)

afterAll(() => service.close())

const found = (marker: string) =>
  Object.entries(texts)
    .filter(([, text]) => text.toLowerCase().includes(marker.toLowerCase()))
    .map(([place]) => place)

test.each(Object.keys(allowed) as Field[])('%s stands where it may, and nowhere else', (field) => {
  expect(found(markerOf(field))).toEqual([...allowed[field]])
})

test('credentials that the service makes are in no place but the mail of their link', () => {
  const { resetLink, ...others } = secrets

  expect(found(resetLink)).toEqual(['mails'])
  expect(Object.values(others).map(found)).toEqual([[], [], []])
})
