/** What an approval flow may say, and what is answered when it says something else. */
import { describe, expect, test } from 'vitest'
import type { ApproverRule } from '../../src/domain/flow/flow.ts'
import { flowProblems } from '../../src/domain/flow/rules.ts'
import { start } from '../support/a-request.ts'
import { idOf } from '../support/company.ts'

const id = idOf(1)
const other = idOf(2)
const flow = { approvalType: 'manual', approvalRequirement: 'any', approvers: [], durations: [] } as const
const problemsOf = (...approvers: ApproverRule[]) => flowProblems({ ...flow, approvers }, start)

describe('an approver line', () => {
  test.each<[string, ApproverRule]>([
    ['administrators', { kind: 'administrator' }],
    ["the requester's manager", { kind: 'manager' }],
    ['a resource owner', { kind: 'resource_owner', userId: id }],
    ['a user', { kind: 'user', userId: id }],
    ['a group, one of whom is enough', { kind: 'user_group', groupId: id }],
    ['a group of which one is asked for', { kind: 'user_group', groupId: id, required: 1 }],
    ['a group of which 100 are asked for', { kind: 'user_group', groupId: id, required: 100 }],
    ['a group of which all are asked for', { kind: 'user_group', groupId: id, required: 'all' }],
  ])('may be %s', (_name, rule) => {
    expect(problemsOf(rule)).toEqual([])
  })

  test.each<[ApproverRule, string, string]>([
    [{ kind: 'resource_owner' }, 'userId', 'is required for resource_owner'],
    [{ kind: 'user' }, 'userId', 'is required for user'],
    [{ kind: 'user', userId: '' }, 'userId', 'is required for user'],
    [{ kind: 'user_group' }, 'groupId', 'is required for user_group'],
    [{ kind: 'administrator', userId: id }, 'userId', 'does not belong to administrator'],
    [{ kind: 'manager', groupId: id }, 'groupId', 'does not belong to manager'],
    [{ kind: 'user', userId: id, groupId: id }, 'groupId', 'does not belong to user'],
    [{ kind: 'user_group', groupId: id, userId: id }, 'userId', 'does not belong to user_group'],
    [{ kind: 'manager', required: 1 }, 'required', 'does not belong to manager'],
    [{ kind: 'user', userId: id, required: 'all' }, 'required', 'does not belong to user'],
  ])('%j is refused', (rule, field, message) => {
    expect(problemsOf(rule)).toEqual([
      {
        path: `approvers.0.${field}`,
        message,
        code: message.startsWith('is required') ? 'required' : 'not_applicable',
        params: {},
      },
    ])
  })

  test.each([0, -1, 1.5, 101, Number.NaN])('never asks for %s members of a group', (required) => {
    expect(problemsOf({ kind: 'user_group', groupId: id, required })).toEqual([
      {
        path: 'approvers.0.required',
        message: 'must be "all" or a number from 1 to 100',
        code: 'out_of_range',
        params: { minimum: 1, maximum: 100 },
      },
    ])
  })
})

describe('the approvers of a flow', () => {
  test('are never none, unless it is automatic', () => {
    const automatic = { ...flow, approvalType: 'automatic' } as const

    expect(problemsOf()).toEqual([
      { path: 'approvers', message: 'must name at least one approver', code: 'too_few', params: { minimum: 1 } },
    ])
    expect(flowProblems(automatic, start)).toEqual([])
    expect(flowProblems({ ...automatic, approvers: [{ kind: 'manager' }] }, start)).toEqual([
      {
        path: 'approvers',
        message: 'must be empty: an automatic flow has no approver',
        code: 'not_applicable',
        params: {},
      },
    ])
  })

  test('are administrators alone, or others alone', () => {
    const mixed = {
      message: 'administrators decide alone: do not mix them with other approvers',
      code: 'administrators_alone',
      params: {},
    }

    expect(problemsOf({ kind: 'manager' }, { kind: 'administrator' }, { kind: 'user', userId: id })).toEqual([
      { path: 'approvers.0.kind', ...mixed },
      { path: 'approvers.2.kind', ...mixed },
    ])
  })

  test('are each named once', () => {
    const twice = { path: 'approvers.1', message: 'names the same approver twice', code: 'duplicate', params: {} }

    expect(problemsOf({ kind: 'manager' }, { kind: 'manager' })).toEqual([twice])
    expect(problemsOf({ kind: 'user', userId: id }, { kind: 'user', userId: id })).toEqual([twice])
    expect(problemsOf({ kind: 'user_group', groupId: id }, { kind: 'user_group', groupId: id, required: 2 })).toEqual([
      twice,
    ])
  })

  test('may be several of a kind, and one person in two roles', () => {
    expect(problemsOf({ kind: 'user', userId: id }, { kind: 'user', userId: other })).toEqual([])
    expect(problemsOf({ kind: 'user_group', groupId: id }, { kind: 'user_group', groupId: other })).toEqual([])
    expect(problemsOf({ kind: 'user', userId: id }, { kind: 'resource_owner', userId: id })).toEqual([])
  })

  test('that are named in the wrong field are not taken for the same', () => {
    expect(problemsOf({ kind: 'user', userId: id }, { kind: 'user', groupId: id })).toEqual([
      { path: 'approvers.1.userId', message: 'is required for user', code: 'required', params: {} },
    ])
  })
})

test('the durations of a flow are ones that access can have, each once', () => {
  const approvers = [{ kind: 'manager' as const }]
  const problems = (...durations: string[]) => flowProblems({ ...flow, approvers, durations }, start)

  expect(problems('P5D', 'P10D')).toEqual([])
  expect(problems('P7D', 'P1W')).toMatchObject([{ path: 'durations.1', code: 'duplicate' }])
  expect(problems('soon', 'P5D', 'P0D', 'P5D', 'P3Y')).toEqual([
    {
      path: 'durations.0',
      message: 'must be an ISO-8601 duration such as P30D or PT8H',
      code: 'invalid_format',
      params: { format: 'duration' },
    },
    {
      path: 'durations.2',
      message: 'must be at least one second',
      code: 'duration_too_short',
      params: { minimum: 'PT1S' },
    },
    { path: 'durations.3', message: 'is there twice', code: 'duplicate', params: {} },
    {
      path: 'durations.4',
      message: 'must be at most two years',
      code: 'duration_too_long',
      params: { maximum: 'P2Y' },
    },
  ])
})

test('everything that is wrong is said at once: first of the approvers, then of the durations', () => {
  expect(flowProblems({ ...flow, approvers: [{ kind: 'user' }], durations: ['P0D'] }, start)).toMatchObject([
    { path: 'approvers.0.userId' },
    { path: 'durations.0' },
  ])
})
