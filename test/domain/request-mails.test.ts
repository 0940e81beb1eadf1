/** Who gets a mail when a request is submitted. */
import { expect, test } from 'vitest'
import type { ApproverRule } from '../../src/domain/flow/flow.ts'
import { concernsAdministrators, mailsOf } from '../../src/features/requests/requests.mails.ts'
import { submitted } from '../support/a-request.ts'
import { createCompany } from '../support/company.ts'

const byManager: ApproverRule[] = [{ kind: 'manager' }]

function scene() {
  const company = createCompany()
  const manager = company.addUser({ name: 'Mona' })
  return { company, manager, requester: company.addUser({ name: 'Rita', managerId: manager }) }
}

type Scene = ReturnType<typeof scene>

/** Kind and address of each mail; `Ada` is an administrator, and those of `others` are, too. */
function mailsTo({ company, requester }: Scene, approvers: ApproverRule[], others: string[] = []) {
  const ada = { id: company.addUser({ name: 'Ada', isAdministrator: true }), name: 'Ada', email: 'ada@example.test' }
  const { request, events } = submitted(company, requester, { approvers })
  const administrators = [ada, ...others.map((id) => ({ id, name: id, email: `${id}@example.test` }))]
  const context = {
    administrators: concernsAdministrators(request, events) ? administrators : [],
    exposeProgress: true,
  }
  return mailsOf(request, events, context).map(({ kind, to }) => `${kind} ${to.email}`)
}

test('administrators hear of a request on which others decide', () => {
  expect(mailsTo(scene(), byManager)).toEqual([
    'request_submitted rita@example.test',
    'request_for_approvers ada@example.test',
    'review_requested_approver mona@example.test',
  ])
})

test('an administrator who asks or approves hears of it as such only', () => {
  const one = scene()

  expect(mailsTo(one, byManager, [one.manager, one.requester])).not.toContainEqual(
    expect.stringMatching(/^request_for_approvers (?!ada)/),
  )
})

test('of a request that they decide themselves, or to which data are missing, administrators get one mail', () => {
  const toAda = (mails: string[]) => mails.filter((mail) => mail.endsWith(' ada@example.test'))

  expect(toAda(mailsTo(scene(), [{ kind: 'administrator' }]))).toEqual([
    'review_requested_administrator ada@example.test',
  ])
  const company = createCompany()
  const alone = { company, manager: '', requester: company.addUser({ name: 'Rita' }) }
  expect(toAda(mailsTo(alone, byManager))).toEqual(['missing_data ada@example.test'])
})
