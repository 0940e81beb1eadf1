/** A company whose people write words without end: whatever they fill in is as long as it may be, and never breaks. */
import { type Company, made, type Person } from './company.ts'

interface Made {
  id: string
}

export interface Endless {
  /** Of a very long name; asks and approves. */
  person: Person
  /** Decided by administrators, with an end. */
  flowId: string
  groupId: string
  pending: Made
  granted: Made
  overridden: Made
  /** Wait for the person. */
  waiting: Made[]
}

const word = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
/** 105 letters, as the reports of broken pages had them. */
export const endlessName = (first: string) => `${first}${word}${word}`.slice(0, 105)
export const endlessText = 'x'.repeat(300)

export async function createEndless(company: Company): Promise<Endless> {
  const { admin } = company
  const person = await company.person(`Maximiliane-Alexandra von Hohenlohe-${word}`, {
    email: `${'maximiliane.'.repeat(5)}von.hohenlohe@subdomain.example.test`,
    department: word,
    jobTitle: word,
  })
  const asker = await company.person('Hana', { department: 'Information Technology' })
  const group = made(
    await admin.post('/user-groups', { name: endlessName('G').slice(0, 95), description: endlessText }),
  )
  const aFlow = (first: string, more: object) =>
    company.flow(first, { name: endlessName(first), description: endlessText, ...more })
  const flow = await aFlow('A', { groupId: group.id, durations: ['P5D', 'P30D'] })
  const approvers = [{ kind: 'user', userId: person.id }]
  const decided = await aFlow('B', { approvers })
  const overruled = await aFlow('C', { approvers })
  const application = { name: endlessName('P').slice(0, 95), url: `https://example.com/${'p'.repeat(200)}` }
  made(await admin.post('/applications', { ...application, groupIds: [group.id] }))
  const timed = { requestedDuration: 'P5D', reason: endlessText }
  const granted = await company.ask(asker, flow, timed)
  made(await admin.post(`/access-requests/${granted.id}/grant`, { message: endlessText }))
  const overridden = await company.ask(asker, overruled, { reason: endlessText })
  made(await admin.post(`/access-requests/${overridden.id}/deny`, { reason: endlessText, nextSteps: endlessText }))
  const [first, second] = [await company.person('Zoe'), asker]
  return {
    person,
    flowId: flow.id,
    groupId: group.id,
    granted,
    overridden,
    pending: await company.ask(person, flow, timed),
    waiting: [
      await company.ask(first, decided, { reason: `${endlessText}\n`.repeat(8) }),
      await company.ask(second, decided, { reason: 'I need it.' }),
    ],
  }
}
