/** Who calls in a run of the fuzzer, and a small company for them to call about; made over HTTP. */
import { call, liftSubmissionLimits, type Session, signIn } from '../../bench/http.ts'

/** One kind of caller; `hooks.py` signs in by `person`, or sends `token`. */
export interface Caller {
  name: string
  person: Person | null
  token: string | null
}

interface Person {
  email: string
  password: string
}

/** Ids of what there is, by kind. */
type Ids = Record<
  'users' | 'groups' | 'flows' | 'requests' | 'grants' | 'applications' | 'connectors' | 'urls',
  string[]
>

export interface Company {
  callers: Caller[]
  /** Ids of the callers' accounts and tokens. */
  spared: string[]
  /** Calls that end their own credentials are made in this person's name. */
  passerBy: Person
  ids: Ids
}

const password = 'walls of warm bread 7'
const everyScope = [
  'requests:read',
  'requests:write',
  'directory:read',
  'directory:write',
  'audit:read',
  'settings:read',
  'settings:write',
]

async function make(session: Session, path: string, body: unknown): Promise<string> {
  return (await call<{ id: string }>(session, 'POST', path, body)).value.id
}

async function addUser(admin: Session, name: string, roles: string[] = []): Promise<Person & { id: string }> {
  const email = `${name}@example.test`
  const id = await make(admin, '/users', { name, email, password, mustChangePassword: false, roles })
  return { id, email, password }
}

/** Flows of every kind of answer: decided by administrators, by a person, at once, for a time. */
async function makeFlows(admin: Session, { approver, connectorId }: { approver: string; connectorId: string }) {
  const kinds = [
    { approvalType: 'manual', approvers: [{ kind: 'administrator' }] },
    { approvalType: 'manual', approvers: [{ kind: 'user', userId: approver }], durations: ['P1D', 'PT1H'] },
    { approvalType: 'automatic', approvers: [] },
    { approvalType: 'manual', approvers: [{ kind: 'administrator' }], connectorId },
  ]
  const groups: string[] = []
  const flows: string[] = []
  for (const [index, { connectorId: target = null, ...kind }] of kinds.entries()) {
    const groupId = await make(admin, '/user-groups', { name: `Group ${index}`, connectorId: target })
    groups.push(groupId)
    flows.push(await make(admin, '/approval-flows', { name: `Flow ${index}`, groupId, ...kind }))
  }
  return { groups, flows }
}

async function askForAll(session: Session, flows: readonly string[]): Promise<string[]> {
  const ids: string[] = []
  for (const approvalFlowId of flows) {
    ids.push(await make(session, '/access-requests', { approvalFlowId, reason: 'To work on it' }))
  }
  return ids
}

interface CompanyOptions {
  base: string
  /** The first administrator of a new service. */
  first: Person
  /** URL of a connected system that takes everything. */
  target: string
}

/** Makes everything that the callers meet. @throws Error when the service refuses any of it */
export async function buildCompany({ base, first, target }: CompanyOptions): Promise<Company> {
  const admin = await signIn(base, first.email, first.password)
  await liftSubmissionLimits(admin)
  const plain = await addUser(admin, 'plain')
  const other = await addUser(admin, 'other')
  const caller = await addUser(admin, 'calling-administrator', ['admin'])
  const tokenHolder = await addUser(admin, 'token-holder', ['admin'])
  const passerBy = await addUser(admin, 'passer-by')
  const connectorId = await make(admin, '/connectors', { name: 'CRM', url: target })
  const { groups, flows } = await makeFlows(admin, { approver: plain.id, connectorId })
  const requests = [
    ...(await askForAll(await signIn(base, plain.email, password), [...flows.slice(0, 1), ...flows.slice(2)])),
    ...(await askForAll(await signIn(base, other.email, password), [...flows.slice(0, 1), ...flows.slice(2)])),
  ]
  const application = await make(admin, '/applications', { name: 'Wiki', url: 'https://wiki.example.test' })
  const { value: granted } = await call<{ items: { id: string }[] }>(admin, 'GET', '/grants')
  const holder = await signIn(base, tokenHolder.email, password)
  const { value: token } = await call<{ id: string; token: string }>(holder, 'POST', '/api-tokens', {
    name: 'Fuzz',
    scopes: everyScope,
  })
  return {
    callers: [
      { name: 'plain person', person: plain, token: null },
      { name: 'administrator', person: caller, token: null },
      { name: 'API token', person: null, token: token.token },
      { name: 'nobody', person: null, token: null },
    ],
    passerBy,
    spared: [plain.id, caller.id, tokenHolder.id, passerBy.id, token.id],
    ids: {
      users: [other.id],
      groups,
      flows,
      requests,
      grants: granted.items.map(({ id }) => id),
      applications: [application],
      connectors: [connectorId],
      urls: [target],
    },
  }
}
