/** What a move is judged by, for tests: the company as it is when this is called. */

import type { MoveContext } from '../../src/domain/request/move.ts'
import type { AccessRequest } from '../../src/domain/request/record.ts'
import { start } from './a-request.ts'
import { type Company, idOf } from './company.ts'

/** The id of whatever grant a move in a test gives. */
export const grantId = idOf(900_004)

/** @param by who acts; nobody unless it says so */
export function momentOf(
  company: Company,
  { requester, flow }: AccessRequest,
  { by, at = start }: { by?: string; at?: string } = {},
): MoveContext {
  const directory = company.facts({ requesterId: requester.id, approvers: flow.approvers })
  const actor = by === undefined ? null : company.actor(by)
  return { facts: { ...directory, actor, flow: company.flow, target: company.target }, at, grantId }
}
