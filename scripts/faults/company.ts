/** The people, groups and flows of a run, made over HTTP before anything is killed. */
import { call, liftSubmissionLimits, type Session, signIn } from '../../bench/http.ts'
import type { Flow, FlowKind } from './ledger.ts'
import { firstAdministrator } from './service.ts'

export interface Member {
  id: string
  session: Session
}

export interface Company {
  administrators: readonly [Member, Member]
  requesters: Member[]
  flows: Flow[]
}

export interface CompanyOptions {
  base: string
  requesters: number
  flows: number
  /** The connected system, and the secret that its webhooks are signed with. */
  target: { url: string; secret: string }
}

/** Half of the flows change the directory only, a quarter another system too, a quarter gives access for a time. */
const kinds: readonly FlowKind[] = ['directory', 'webhook', 'directory', 'timed']
/** Access that ends within the run. */
export const briefly = 'PT45S'
/** The other one outlives the run. */
export const durations = ['P1D', briefly] as const
const password = 'a-good-password'

async function make(admin: Session, path: string, body: unknown): Promise<string> {
  return (await call<{ id: string }>(admin, 'POST', path, body)).value.id
}

/** Somebody who can sign in; the name has to be new. */
export async function addMember(admin: Session, name: string, roles: string[] = []): Promise<Member> {
  const email = `${name}@example.test`
  const id = await make(admin, '/users', { name, email, password, mustChangePassword: false, roles })
  return { id, session: await signIn(admin.base, email, password) }
}

/** A flow with a group of its own, decided by administrators. */
export async function addFlow(
  admin: Session,
  { name, kind, connectorId }: { name: string; kind: FlowKind; connectorId: string },
): Promise<Flow> {
  const isElsewhere = kind === 'webhook'
  const groupId = await make(admin, '/user-groups', { name, connectorId: isElsewhere ? connectorId : null })
  const id = await make(admin, '/approval-flows', {
    name,
    groupId,
    approvalType: 'manual',
    approvers: [{ kind: 'administrator' }],
    durations: kind === 'timed' ? durations : [],
  })
  return { id, groupId, kind }
}

/** Signs the first administrator in. */
export async function signInFirst(base: string): Promise<Member> {
  const session = await signIn(base, firstAdministrator.email, firstAdministrator.password)
  const { value } = await call<{ user: { id: string } }>(session, 'GET', '/me')
  return { id: value.user.id, session }
}

export async function buildCompany({ base, requesters, flows, target }: CompanyOptions) {
  const first = await signInFirst(base)
  const admin = first.session
  await liftSubmissionLimits(admin)
  const second = await addMember(admin, 'second-administrator', ['admin'])
  const connectorId = await make(admin, '/connectors', { name: 'Connected system', ...target })
  const company: Company = { administrators: [first, second], requesters: [], flows: [] }
  for (let index = 0; index < requesters; index++)
    company.requesters.push(await addMember(admin, `requester-${index + 1}`))
  for (let index = 0; index < flows; index++) {
    const kind = kinds[index % kinds.length] as FlowKind
    company.flows.push(await addFlow(admin, { name: `Flow ${index + 1}`, kind, connectorId }))
  }
  return { company, connectorId }
}
