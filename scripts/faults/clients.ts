/** People at work: each lane asks for one thing after the other, and two administrators decide on it at the same moment. */
import { type CallerDeps, insist } from './caller.ts'
import { type Company, durations, type Member } from './company.ts'
import { type Entry, type Flow, type Side, toldBy } from './ledger.ts'

/** Share of the decisions that are asked for once more, as by somebody who lost the answer. */
const askedAgain = 0.1

export interface ClientsDeps extends CallerDeps {
  company: Company
}

/** The work of a run: requester by requester, flow by flow, so that nobody asks for the same thing twice. */
export function planRequests({ company, random }: Pick<ClientsDeps, 'company' | 'random'>, count: number): Entry[] {
  const { administrators, requesters, flows } = company
  return Array.from({ length: count }, (_, number) => {
    const lane = number % requesters.length
    const flow = flows[Math.floor(number / requesters.length)] as Flow
    const isFirst = random.chance(0.5)
    return {
      number,
      requesterId: (requesters[lane] as Member).id,
      flow,
      duration: flow.kind === 'timed' ? (durations[lane % durations.length] as string) : null,
      attempts: [],
      ids: [],
      refusal: null,
      sides: [sideOf('grant', administrators[isFirst ? 0 : 1]), sideOf('deny', administrators[isFirst ? 1 : 0])],
    }
  })
}

function sideOf(decision: Side['decision'], { id }: Member): Side {
  return { decision, by: id, attempts: [], told: null, toldAgain: null }
}

/** Works through the plan, one lane for each requester. @throws the reason of `deps.end` */
export async function work(entries: readonly Entry[], deps: ClientsDeps): Promise<void> {
  const lanes = deps.company.requesters.map(({ id }) => entries.filter(({ requesterId }) => requesterId === id))
  await Promise.all(
    lanes.map(async (lane) => {
      for (const entry of lane) {
        await submit(entry, deps)
        const [id] = entry.ids
        if (id) await Promise.all(entry.sides.map((side) => decide(side, id, deps)))
      }
    }),
  )
}

async function submit(entry: Entry, deps: ClientsDeps): Promise<void> {
  const { session } = deps.company.requesters.find(({ id }) => id === entry.requesterId) as Member
  const { id: approvalFlowId } = entry.flow
  const duration = entry.duration === null ? {} : { requestedDuration: entry.duration }
  const body = { approvalFlowId, reason: `Request ${entry.number}`, ...duration }
  const hear = ({ status, body: { id } }: { status: number; body: { id?: unknown } }) => {
    const isTaken = status === 201 || status === 202
    if (isTaken && !entry.ids.includes(String(id))) entry.ids.push(String(id))
  }
  const { attempts } = entry
  const call = { session, path: '/access-requests', body, key: `submit-${entry.number}`, attempts, hear }
  const answer = await insist(call, deps)
  if (answer?.status !== 201) entry.refusal = attempts.at(-1)?.said ?? 'not tried'
}

/** Access that could not be given is tried again, as a new decision: an error is no outcome. */
async function decide(side: Side, id: string, deps: ClientsDeps): Promise<void> {
  const { decision, by, attempts } = side
  const administrator = deps.company.administrators.find((one) => one.id === by) as Member
  const body = decision === 'deny' ? { reason: 'Not needed' } : {}
  for (let round = 1; side.told === null; round++) {
    const key = `${decision}-${id}-${round}`
    const call = { session: administrator.session, path: `/access-requests/${id}/${decision}`, body, key, attempts }
    const answer = await insist(call, deps)
    if (!answer) return
    if (answer.status === 200 && answer.body['status'] === 'error') continue
    side.told = toldBy(decision, answer)
    const again = deps.random.chance(askedAgain) ? await insist(call, deps) : null
    if (again) side.toldAgain = toldBy(decision, again)
  }
}
