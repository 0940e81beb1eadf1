/** People of every kind around one request, on a really started service, and what they own. */
import { type Answer, type Client, createClient } from '../support/client.ts'
import { aFlow, aGroup, anApplication, aUser, liftSubmissionLimits, password, unique } from '../support/directory.ts'
import { type Service, signIn } from '../support/service.ts'
import type { Kind } from './matrix.ts'

export interface Member {
  id: string
  email: string
  client: Client
}

export type People = Record<Exclude<Kind, 'nobody'>, Member>

async function aMember(service: Service, admin: Client, fields: Record<string, unknown> = {}): Promise<Member> {
  const { id, email } = await aUser(admin, { password, state: 'activated', ...fields })
  const client = createClient(service.base)
  await client.signIn(email, password)
  return { id, email, client }
}

/** Signs the first administrator in, and makes the people. */
export async function createPeople(service: Service): Promise<{ first: Client; people: People }> {
  const first = createClient(service.base)
  await first.signIn(signIn.email, signIn.password)
  await liftSubmissionLimits(first)
  const member = (fields?: Record<string, unknown>) => aMember(service, first, fields)
  const people = {
    invited: await member({ mustChangePassword: true }),
    plain: await member(),
    requester: await member(),
    approver: await member(),
    former: await member(),
    other: await member(),
    admin: await member({ roles: ['admin'] }),
    asking: await member({ roles: ['admin'] }),
  }
  return { first, people }
}

/** Ids of what a path names. */
export interface Scene {
  request: string
  grant: string
  flow: string
  group: string
  application: string
  connector: string
  source: string
  view: string
  token: string
  session: string
  user: string
  event: string
}

async function must(answer: Promise<Answer>): Promise<Answer['body']> {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`answered ${status}: ${JSON.stringify(body)}`)
  return body
}

export interface Stage {
  base: string
  first: Client
  people: People
  /** Of a picture that can be fetched. */
  logoUrl: string
}

/** A request of `owner` that `former` has approved, and that waits for `approver`; and what else a path can name. */
export async function createScene(
  { first, people, logoUrl, base }: Stage,
  owner: Member,
  hasSession = false,
): Promise<Scene> {
  const group = (await aGroup(first)).id
  const approvers = [people.former, people.approver].map(({ id: userId }) => ({ kind: 'user', userId }))
  const visible = (await aGroup(first)).id
  await must(first.put(`/user-groups/${visible}/members/${owner.id}`))
  const flow = await aFlow(first, {
    groupId: group,
    approvers,
    approvalRequirement: 'sequential',
    visibleToGroupIds: [visible],
    logoUrl,
  })
  const ask = (approvalFlowId: string) => must(owner.client.post('/access-requests', { approvalFlowId, reason: 'Why' }))
  const request = (await ask(flow.id)).id
  await must(people.former.client.post(`/access-requests/${request}/decisions`, { decision: 'approve' }))
  const token = await must(owner.client.post('/api-tokens', { name: unique('Token') }))
  return {
    request,
    flow: flow.id,
    group,
    token: token.id,
    user: owner.id,
    application: (await anApplication(first, { groupIds: [visible], logoUrl })).id,
    connector: (await must(first.post('/connectors', { name: unique('CRM'), url: 'http://127.0.0.1:9/x' }))).id,
    source: (await must(first.post('/people-sources', { name: unique('Source'), kind: 'ldap' }))).id,
    view: await aView(first, owner),
    grant: await aGrant(first, owner),
    // At most 20 a person: only where it is needed.
    session: hasSession ? await anotherSession(base, owner) : '',
    event: (await must(first.get('/directory-insights/events?limit=1'))).items[0].id,
  }
}

async function aGrant(first: Client, owner: Member): Promise<string> {
  const { id: approvalFlowId } = await aFlow(first, { approvalType: 'automatic', approvers: [] })
  await must(owner.client.post('/access-requests', { approvalFlowId, reason: 'Why' }))
  return (await must(first.get(`/grants?userId=${owner.id}&sort=-startedAt`))).items[0].id
}

/** Shared, and of the owner where that is an administrator; one is enough for many scenes. */
async function aView(first: Client, owner: Member): Promise<string> {
  const { status, body } = await owner.client.get('/views?limit=200')
  const maker = status === 200 ? owner.client : first
  const { items } = status === 200 ? body : await must(first.get('/views?limit=200'))
  const own = items.find(({ abilities }: { abilities: { update: boolean } }) => abilities.update)
  return own?.id ?? (await must(maker.post('/views', { name: unique('View'), search: {}, shared: true }))).id
}

/** One that the caller does not use. */
async function anotherSession(base: string, { email }: Member): Promise<string> {
  const elsewhere = createClient(base)
  await elsewhere.signIn(email, password)
  const { items } = await must(elsewhere.get('/me/sessions'))
  return items.find(({ current }: { current: boolean }) => current).id
}
