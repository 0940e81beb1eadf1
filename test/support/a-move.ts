/** A request of one person with a manager, an administrator and targets to choose from, for tests of moves. */

import type { Message } from '../../src/domain/request/messages.ts'
import { move } from '../../src/domain/request/move.ts'
import type { AccessRequest } from '../../src/domain/request/record.ts'
import { momentOf } from './a-moment.ts'
import { type Asked, aRequest, movesOf } from './a-request.ts'
import { createCompany, idOf } from './company.ts'

export const later = '2026-03-12T09:00:00.000Z'
export const vpn = idOf(501)
export const cloud = idOf(502)

export function scene(asked: Asked = {}) {
  const company = createCompany()
  const manager = company.addUser({ name: 'Mona' })
  const admin = company.addUser({ isAdministrator: true })
  const requester = company.addUser({ name: 'Rita', managerId: manager })
  const request = aRequest(company, requester, { approvers: [{ kind: 'manager' }], ...asked })
  const moved = (now: AccessRequest, message: Message, at = later) =>
    move(now, message, momentOf(company, now, { at, ...('by' in message && message.by ? { by: message.by } : {}) }))
  const target = (connectorId: string | null, removals = 0) => {
    company.target = { groupName: 'Production', connectorId, removals, held: null }
  }
  return { company, manager, admin, requester, request, moved, target, moves: movesOf(company) }
}

export const approval = (by: string) => ({ type: 'decide', by, decision: 'approve' }) as const
export const look = { type: 'directoryChanged' } as const
export const given = (connectorId: string, removals = 0) => ({ type: 'given', connectorId, removals }) as const
export const notGiven = (connectorId: string) =>
  ({ type: 'notGiven', connectorId, message: 'The system is away.', attempts: 5 }) as const
export const kinds = (events: readonly { type: string }[]) => events.map(({ type }) => type)

/** A granted request whose access the connected system `vpn` is asked to give. */
export function asking(asked: Asked = {}) {
  const stage = scene(asked)
  stage.target(vpn)
  return {
    ...stage,
    waiting: stage.moved(stage.request, approval(stage.manager)).request,
  }
}
