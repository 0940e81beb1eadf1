/* oxlint-disable complexity, vitest/no-conditional-expect -- a property says what must hold when, and one function plays every message */
/** What holds for every flow, everybody's roles and every order of messages. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ApproverRule } from '../../src/domain/flow/flow.ts'
import { decide, override, refresh } from '../../src/domain/request/decisions.ts'
import type { RequestEvent } from '../../src/domain/request/events.ts'
import { approve, closeFlow, expire, fail, type Transition, withdraw } from '../../src/domain/request/lifecycle.ts'
import type { AccessRequest } from '../../src/domain/request/record.ts'
import { isOpen } from '../../src/domain/request/record.ts'
import { awaitedPeople, progressOf, waits } from '../../src/domain/request/steps.ts'
import { DomainError } from '../../src/domain/shared/errors.ts'
import { grantOf, start, submitted } from '../support/a-request.ts'
import { type Company, createCompany } from '../support/company.ts'

/** People 0 to 5; person 5 asks. Few people, so that everybody holds several roles. */
const person = fc.nat(5)
const teamOf = fc.uniqueArray(person, { maxLength: 5 })
const rule = fc.oneof(
  fc.constant({ kind: 'manager' as const }),
  fc.record({ kind: fc.constantFrom('resource_owner' as const, 'user' as const), user: person }),
  fc.record({
    kind: fc.constant('user_group' as const),
    team: fc.nat(1),
    required: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constant('all' as const)),
  }),
)
type Rule =
  | { kind: 'manager' | 'administrator' }
  | { kind: 'resource_owner' | 'user'; user: number }
  | { kind: 'user_group'; team: number; required: number | 'all' }
const scene = fc.record({
  rules: fc.oneof(
    fc.array<Rule>(rule, { minLength: 1, maxLength: 4 }),
    fc.constant<Rule[]>([{ kind: 'administrator' }]),
  ),
  requirement: fc.constantFrom('any' as const, 'all' as const, 'sequential' as const),
  teams: fc.tuple(teamOf, teamOf),
  suspended: fc.uniqueArray(fc.nat(4), { maxLength: 2 }),
  manager: fc.option(fc.nat(4)),
})
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('decide' as const), who: person, deny: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('override' as const), who: person, deny: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('suspend' as const, 'activate' as const), who: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('manage' as const), who: fc.option(fc.nat(4)) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('join' as const, 'leave' as const), who: person, team: fc.nat(1) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('look' as const, 'given' as const, 'failed' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('withdraw' as const, 'closeFlow' as const, 'expire' as const) }),
  },
)
type Scene = typeof scene extends fc.Arbitrary<infer T> ? T : never
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function play({ rules, requirement, teams, suspended, manager }: Scene) {
  const company = createCompany()
  const people = Array.from({ length: 6 }, (_, index) => company.addUser({ isAdministrator: index < 2 }))
  const id = (index: number | null) => (index === null ? null : (people[index] ?? null))
  const requester = people[5] as string
  for (const one of suspended) company.change(people[one] as string, { activated: false })
  company.change(requester, { managerId: id(manager) })
  const teamIds = teams.map((members) => company.team(members.map((one) => people[one] as string)))
  const approvers = rules.map((one): ApproverRule => {
    if ('user' in one) return { kind: one.kind, userId: people[one.user] }
    return 'team' in one ? { kind: one.kind, groupId: teamIds[one.team], required: one.required } : { kind: one.kind }
  })
  return { company, people, teamIds, requester, first: submitted(company, requester, { approvers, requirement }) }
}

function change(stage: ReturnType<typeof play>, act: Step): void {
  const { company, people, teamIds, requester } = stage
  const who = 'who' in act && act.who !== null ? (people[act.who] as string) : null
  if (act.do === 'manage') company.change(requester, { managerId: who })
  if ((act.do === 'suspend' || act.do === 'activate') && who) company.change(who, { activated: act.do === 'activate' })
  if (act.do === 'join' && who) company.join(teamIds[act.team] as string, who)
  if (act.do === 'leave' && who) company.leave(teamIds[act.team] as string, who)
}

/** As the workflow does it: a grant that was decided is carried out before anything else is heard. */
function carryOut(
  request: AccessRequest,
  act: Step,
  { company, people, requester }: ReturnType<typeof play>,
): Transition | undefined {
  const by = 'who' in act && act.who !== null ? (people[act.who] as string) : requester
  const context = { actor: company.actor(by), now: start }
  if (act.do === 'given') return request.provisioning ? approve(request, grantOf(start), start) : undefined
  if (act.do === 'failed')
    return request.provisioning ? fail(request, { message: 'away', attempts: 1 }, start) : undefined
  if (act.do === 'decide')
    return decide(request, { by, decision: act.deny ? 'deny' : 'approve', reason: 'why' }, context)
  if (act.do === 'override')
    return override(request, { by, decision: act.deny ? 'deny' : 'grant', reason: 'why' }, context)
  if (act.do === 'withdraw') return withdraw(request, { by }, context)
  if (!isOpen(request) || request.provisioning) return undefined
  if (act.do === 'look')
    return refresh(request, company.facts({ requesterId: requester, approvers: request.flow.approvers }), start)
  if (act.do === 'closeFlow') return closeFlow(request, { cause: 'deleted' }, start)
  return act.do === 'expire' ? expire(request, start) : undefined
}

const outcomes = new Set<RequestEvent['type']>(['approved', 'denied', 'expired', 'canceled'])

function eligible(company: Company, request: AccessRequest): string[] {
  const facts = company.facts({ requesterId: request.requester.id, approvers: request.flow.approvers })
  return facts.rules.flatMap(({ people }) => people.filter(({ activated }) => activated).map(({ id }) => id))
}

function holdsAlways(request: AccessRequest): void {
  const { approved, total } = progressOf(request)
  expect(approved).toBeLessThanOrEqual(total)
  expect(isOpen(request)).toBe(request.decision === null)
  expect(isOpen(request)).toBe(request.expiresAt !== null)
  if (!isOpen(request)) expect([request.provisioning, awaitedPeople(request)]).toEqual([null, []])
  if (request.status === 'approved') expect(request.grant).not.toBeNull()
  if (request.decision) expect(request.updatedAt).toBe(request.decision.at)
  for (const { person, since } of waits(request)) expect(since).toBe(firstWait(request, person.id))
  const deciders = request.steps.flatMap(({ decisions }) => decisions.map(({ by }) => by.id))
  expect(new Set(deciders).size).toBe(deciders.length)
  expect(deciders).not.toContain(request.requester.id)
}

/** Since when the first of the current steps that a person approves waits. */
function firstWait({ steps }: AccessRequest, id: string): string | undefined {
  const theirs = steps.filter(({ state, approvers }) => state === 'current' && approvers.some((one) => one.id === id))
  const times = theirs.map(({ currentSince }) => Date.parse(currentSince ?? ''))
  return new Date(Math.min(...times)).toISOString()
}

function deniedAndApproved(request: AccessRequest) {
  const decided = (state: string) => request.steps.some((one) => one.state === state)
  return { isDenied: decided('denied'), isApproved: decided('approved') }
}

function endsWhenItMust(request: AccessRequest): void {
  const { isDenied, isApproved } = deniedAndApproved(request)
  if (request.approvalRequirement !== 'any' && isDenied) expect(isOpen(request)).toBe(false)
  if (request.approvalRequirement === 'any' && isApproved) {
    expect(request.provisioning !== null || request.status === 'error' || !isOpen(request)).toBe(true)
  }
}

/** Seen right after the directory was looked at: somebody can go on, or it says what is missing. */
function isNeverStuck(request: AccessRequest, company: Company): void {
  if (request.status !== 'pending' || request.provisioning) return
  const awaited = awaitedPeople(request).map(({ id }) => id)
  expect(awaited.length).toBeGreaterThan(0)
  const able = eligible(company, request)
  for (const id of awaited) expect(able).toContain(id)
  for (const id of awaited) {
    const context = { actor: company.actor(id), now: start }
    expect(decide(request, { by: id, decision: 'approve' }, context).request.version).toBe(request.version + 1)
    expect(decide(request, { by: id, decision: 'deny', reason: 'No.' }, context).request.version).toBe(
      request.version + 1,
    )
  }
}

test('there is one outcome, it never changes, progress never exceeds its total, and a request is never stuck', () => {
  fc.assert(
    fc.property(scene, fc.array(step, { maxLength: 25 }), (what, acts) => {
      const stage = play(what)
      let request = stage.first.request
      const ends: RequestEvent[] = []
      holdsAlways(request)
      isNeverStuck(request, stage.company)
      for (const act of acts) {
        change(stage, act)
        const before = JSON.stringify(request)
        let transition: Transition | undefined
        try {
          transition = carryOut(request, act, stage)
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError)
        }
        expect(JSON.stringify(request)).toBe(before)
        if (!transition) continue
        expect(isOpen(request)).toBe(true)
        expect(transition.request.version).toBe(request.version + 1)
        request = transition.request
        ends.push(...transition.events.filter(({ type }) => outcomes.has(type)))
        holdsAlways(request)
        endsWhenItMust(request)
        if (act.do === 'look') isNeverStuck(request, stage.company)
      }
      expect(ends.length).toBe(isOpen(request) ? 0 : 1)
    }),
    { numRuns: 3000 },
  )
})

test('with a directory that stands still, whoever is awaited can always bring a request to its end', () => {
  fc.assert(
    fc.property(scene, fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }), (what, denials) => {
      const { company, first } = play(what)
      let { request } = first
      for (const isDenial of denials) {
        if (!isOpen(request) || request.provisioning || request.status === 'missing_data') break
        isNeverStuck(request, company)
        if (request.queue === 'administrator') break
        const by = awaitedPeople(request)[0]?.id as string
        const message = { by, decision: isDenial ? ('deny' as const) : ('approve' as const), reason: 'why' }
        request = decide(request, message, { actor: company.actor(by), now: start }).request
        endsWhenItMust(request)
      }
      const isEnded = !isOpen(request) || request.provisioning !== null
      expect(isEnded || request.status === 'missing_data' || request.queue === 'administrator').toBe(true)
    }),
    { numRuns: 3000 },
  )
})
