/** People, flows and requests made over HTTP, each test its own, so that no test needs another. */
import { type Answer, type Client, createClient } from '../../support/client.ts'
import { liftSubmissionLimits } from '../../support/directory.ts'
import { signIn } from '../../support/service.ts'

const password = 'a-good-password'

export interface Person {
  id: string
  name: string
  email: string
}

export interface Flow {
  id: string
  name: string
  groupId: string
}

/** The answer to a write that has to work. @throws with what came instead */
export function made({ status, body }: Answer) {
  if (status >= 300) throw new Error(`answered ${status}: ${JSON.stringify(body)}`)
  return body
}

/** A file of tests may take longer than a sign-in is fresh. */
function alwaysFresh(client: Client, password: string): Client {
  const send: Client['send'] = async (...call) => {
    const answer = await client.send(...call)
    if (answer.body?.code !== 'fresh_sign_in_required') return answer
    made(await client.send('POST', '/session/confirmation', { body: { password } }))
    return client.send(...call)
  }
  return {
    ...client,
    send,
    post: (path, body, headers) => send('POST', path, { body: body ?? {}, ...(headers ? { headers } : {}) }),
    put: (path, body = {}) => send('PUT', path, { body }),
    patch: (path, body = {}) => send('PATCH', path, { body }),
  }
}

export type Company = Awaited<ReturnType<typeof createCompany>>

/** A company in the service at `base`, which may be filled from several sides: names do not collide. */
export async function createCompany(base: string) {
  const admin = alwaysFresh(createClient(base), signIn.password)
  made(await admin.signIn(signIn.email, signIn.password))
  await liftSubmissionLimits(admin)
  const me = made(await admin.get('/me')).user as Person
  let count = 0

  /** `Ada` becomes `Ada 007`, which nobody else is called. */
  const unique = (word: string) => `${word} ${String(++count).padStart(3, '0')}`

  async function group(name = unique('Group')): Promise<{ id: string; name: string }> {
    return made(await admin.post('/user-groups', { name }))
  }

  return {
    admin,
    me,
    password,
    unique,
    group,

    async person(word: string, more: object = {}): Promise<Person> {
      const name = unique(word)
      const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.test`
      return made(await admin.post('/users', { name, email, password, mustChangePassword: false, ...more }))
    },

    /** Decided by administrators, unless `more` says otherwise. */
    async flow(word: string, more: object = {}): Promise<Flow> {
      const groupId = 'groupId' in more ? more.groupId : (await group()).id
      const rules = { approvalType: 'manual', approvers: [{ kind: 'administrator' }] }
      return made(await admin.post('/approval-flows', { name: unique(word), groupId, ...rules, ...more }))
    },

    async as({ email }: { email: string }): Promise<Client> {
      const client = createClient(base)
      made(await client.signIn(email, email === signIn.email ? signIn.password : password))
      return client
    },

    /** Asks in the name of `person`; the request as it is then. */
    async ask(person: Person, flow: Flow, more: object = {}) {
      const client = await this.as(person)
      return made(await client.post('/access-requests', { approvalFlowId: flow.id, reason: 'I need it.', ...more }))
    },

    /** The request as administrators see it now. */
    async request(id: string) {
      return made(await admin.get(`/access-requests/${id}`))
    },
  }
}
