/** Whatever the directory and the messages do: who is recorded as a decider was one, as the directory was at that moment. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ApproverRule } from '../../src/domain/flow/flow.ts'
import { arbitrate } from '../../src/domain/request/arbiter.ts'
import type { AccessRequest } from '../../src/domain/request/record.ts'
import { momentOf } from '../support/a-moment.ts'
import { aRequest, start } from '../support/a-request.ts'
import { createCompany } from '../support/company.ts'

/** Persons 0 to 5; person 5 asks, 0 and 1 are administrators at first. */
const who = fc.nat(5)
const rule = fc.constantFrom('manager' as const, 'user' as const, 'user_group' as const)
const change = fc.record({
  do: fc.constantFrom('join', 'leave', 'suspend', 'activate', 'manage', 'role', 'noRole'),
  who,
})
const message = fc.record({
  do: fc.constantFrom('decide', 'override', 'look', 'again'),
  who,
  isDenial: fc.boolean(),
})
const scene = fc.record({
  rules: fc.oneof(fc.array(rule, { minLength: 1, maxLength: 3 }), fc.constant(['administrator' as const])),
  requirement: fc.constantFrom('any' as const, 'all' as const, 'sequential' as const),
  team: fc.uniqueArray(who, { maxLength: 4 }),
  required: fc.constantFrom(1, 2, 'all' as const),
})
type Scene = typeof scene extends fc.Arbitrary<infer T> ? T : never
type Act = { do: string; who: number; isDenial?: boolean }

function play({ rules, requirement, team, required }: Scene) {
  const company = createCompany()
  const people = Array.from({ length: 6 }, (_, index) => company.addUser({ isAdministrator: index < 2 }))
  const id = (index: number) => people[index] as string
  const groupId = company.team(team.map(id))
  company.change(id(5), { managerId: id(4) })
  const approvers = (rules as readonly ApproverRule['kind'][]).map((kind): ApproverRule => {
    if (kind === 'user') return { kind, userId: id(3) }
    return kind === 'user_group' ? { kind, groupId, required } : { kind }
  })
  return { company, groupId, requester: id(5), id, first: aRequest(company, id(5), { approvers, requirement }) }
}

function changeDirectory({ company, groupId, requester, id }: ReturnType<typeof play>, act: Act): void {
  const changes: Record<string, () => unknown> = {
    join: () => company.join(groupId, id(act.who)),
    leave: () => company.leave(groupId, id(act.who)),
    suspend: () => company.change(id(act.who), { activated: act.who === 5 }),
    activate: () => company.change(id(act.who), { activated: true }),
    manage: () => company.change(requester, { managerId: id(act.who) }),
    role: () => company.change(id(act.who), { isAdministrator: true }),
    noRole: () => company.change(id(act.who), { isAdministrator: false }),
  }
  changes[act.do]?.()
}

function messageOf(act: Act, by: string) {
  if (act.do === 'decide')
    return { type: 'decide', by, decision: act.isDenial ? 'deny' : 'approve', reason: 'why' } as const
  if (act.do === 'override')
    return { type: 'override', by, decision: act.isDenial ? 'deny' : 'grant', reason: 'why' } as const
  return { type: 'directoryChanged' } as const
}

function decisionsOf({ steps }: AccessRequest) {
  return steps.flatMap(({ order, decisions }) => decisions.map(({ by }) => ({ order, by: by.id })))
}

test('whoever decides was eligible at that moment, never on an own request, and a repetition changes nothing', () => {
  fc.assert(
    fc.property(scene, fc.array(fc.oneof(change, message), { maxLength: 25 }), (what, acts: Act[]) => {
      const stage = play(what)
      let { first: request } = stage
      acts.forEach((act, index) => {
        changeDirectory(stage, act)
        const by = stage.id(act.who)
        const context = momentOf(stage.company, request, { by })
        const said = messageOf(act, by)
        const messageId = act.do === 'again' ? (request.carriedOut[0] ?? 'none') : `message ${index}`
        const proposal = { request, message: said, messageId, at: start, isSignal: false, isSealed: true }

        const verdict = arbitrate(request, proposal, context)

        const isMade = verdict.events.some(({ type }) => type === 'step_decided' || type === 'overridden')
        const fresh = decisionsOf(verdict.request)
          .slice()
          .filter((one) => !decisionsOf(request).some((old) => old.order === one.order && old.by === one.by))
        const isAdministrator = context.facts.actor?.isAdministrator && context.facts.actor.activated
        const named = (order: number) =>
          context.facts.rules[order - 1]?.people.some((one) => one.id === by && one.activated)
        expect(
          fresh.every((one) => one.by === by && (said.type === 'override' ? isAdministrator : named(one.order))),
        ).toBe(true)
        expect(!isMade || by !== stage.requester).toBe(true)
        expect(!isMade || said.type !== 'override' || isAdministrator === true).toBe(true)
        const repeated = arbitrate(verdict.request, { ...proposal, request: verdict.request }, context)
        const isCounted = verdict.request.carriedOut.includes(messageId)
        expect(!isCounted || (repeated.request === verdict.request && repeated.events.length === 0)).toBe(true)
        expect(repeated.request.version).toBe(verdict.request.version)
        request = verdict.request
      })
    }),
    { numRuns: 500 },
  )
})
