/** One of everything that a page can show. */
import { startWebhookTarget } from '../../connectors/webhook-target.ts'
import { type Company, type Flow, made, type Person } from './company.ts'

interface Asked {
  id: string
}

export interface Showcase {
  /** Asks, decides, has applications. */
  employee: Person
  /** Has and did nothing yet. */
  newcomer: Person
  /** Has a first password that has to be changed. */
  invited: Person
  /** Has an open request. */
  flow: Flow
  /** The employee has not asked for it. */
  askable: Flow
  pending: Asked
  missing: Asked
  failed: Asked
  overridden: Asked
  approved: Asked
  /** Waits for the employee. */
  waiting: Asked
  /** The employee is in it by a request. */
  groupId: string
  /** Holds an internal note. */
  eventId: string
}

/** A request that could not be carried out, because the other system refuses. */
async function aFailedRequest(company: Company, requester: Person): Promise<Asked> {
  const target = await startWebhookTarget((_, response) => response.writeHead(400).end())
  const name = company.unique('Door')
  const { id: connectorId } = made(await company.admin.post('/connectors', { name, url: target.url }))
  const { id: groupId } = made(await company.admin.post('/user-groups', { name, connectorId }))
  const request = await company.ask(requester, await company.flow('Door', { groupId }))
  made(await company.admin.post(`/access-requests/${request.id}/grant`))
  await target.close()
  return request
}

/** What the employee has: an application for some days. */
async function anApplication(company: Company, employee: Person): Promise<{ request: Asked; groupId: string }> {
  const timed = { approvalType: 'automatic', approvers: [], durations: ['P30D'] }
  const flow = await company.flow('Workbench', { ...timed, color: '#3b82f6' })
  const application = { name: flow.name, url: 'https://workbench.example.com', groupIds: [flow.groupId] }
  made(await company.admin.post('/applications', application))
  return { request: await company.ask(employee, flow, { requestedDuration: 'P30D' }), groupId: flow.groupId }
}

/** Requests that the employee decides on: one waits, one is decided. */
async function approvals(company: Company, employee: Person): Promise<Asked> {
  const approvers = [{ kind: 'user', userId: employee.id }]
  const [first, second] = [await company.person('Ben'), await company.person('Cem', { department: 'Research' })]
  const flow = await company.flow('Lab', { approvers })
  const decided = await company.ask(first, flow)
  const client = await company.as(employee)
  made(await client.post(`/access-requests/${decided.id}/decisions`, { decision: 'approve', reason: 'Good work.' }))
  return company.ask(second, flow, {
    reason: 'Samples.\nMany of them, with a_very_long_name_that_does_not_break_by_itself_anywhere.',
  })
}

/** A denial over the head of an approver, with an internal note. */
async function anOverride(company: Company, requester: Person, employee: Person) {
  const flow = await company.flow('Board', { approvers: [{ kind: 'resource_owner', userId: employee.id }] })
  const request = await company.ask(requester, flow)
  const texts = { reason: 'Not now.', nextSteps: 'In spring, perhaps.', internalNotes: 'Under review.' }
  made(await company.admin.post(`/access-requests/${request.id}/deny`, texts))
  const query = `q=${flow.name}&eventType=access_management_access_request_approval`
  const [event] = made(await company.admin.get(`/directory-insights/events?${query}`)).items
  return { request, eventId: event.id as string }
}

export async function createShowcase(company: Company): Promise<Showcase> {
  const employee = await company.person('Ada', { department: 'Research', jobTitle: 'Chemist' })
  const requester = await company.person('Zoe')
  const flow = await company.flow('Vault', { durations: ['P5D', 'P30D'], description: 'Keys of the vault' })
  const { request: approved, groupId } = await anApplication(company, employee)
  const { request: overridden, eventId } = await anOverride(company, requester, employee)
  return {
    employee,
    newcomer: await company.person('Newton'),
    invited: await company.person('Ines', { mustChangePassword: true }),
    flow,
    askable: await company.flow('Archive', { durations: ['P5D'] }),
    approved,
    groupId,
    pending: await company.ask(employee, flow, { requestedDuration: 'P30D' }),
    missing: await company.ask(requester, await company.flow('Team', { approvers: [{ kind: 'manager' }] })),
    failed: await aFailedRequest(company, requester),
    waiting: await approvals(company, employee),
    overridden,
    eventId,
  }
}
