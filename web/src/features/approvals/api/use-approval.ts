import { client } from '../../../api/client.ts'
import { type ApiProblem, toProblem } from '../../../api/problem.ts'
import type { components } from '../../../api/schema.d.ts'
import type { AccessRequest, BulkResult } from '../../../api/types.ts'
import { type Command, useCommand } from '../../../lib/use-command.ts'
import { useReadAgain, useShowOwnRequest } from '../../request-card/api/use-own-request.ts'
import type { ManyDecisions } from '../../request-card/many-decisions.ts'

export type Decision = components['schemas']['DecideAccessRequest']

/** Refusals after which there is nothing left to decide. */
const closing = ['request_closed', 'already_decided', 'not_an_approver']

/** An assigned approver's decision on one request. `isOver`: somebody else was faster. */
export function useApproval(
  { id }: Pick<AccessRequest, 'id'>,
  onDone: () => void,
): Command<Decision> & { isOver: boolean } {
  const show = useShowOwnRequest()
  const readAgain = useReadAgain()
  const command = useCommand({
    send: (body: Decision, headers) =>
      client.POST('/access-requests/{id}/decisions', { params: { path: { id } }, body, headers }),
    awaitsOutcome: true,
    onDone(decided) {
      show(decided)
      onDone()
    },
    onRefused: (refusal) => refusal.status === 409 && readAgain(id),
  })
  return { ...command, isOver: command.problem !== undefined && closing.includes(command.problem.code) }
}

/** The service said no to this one request: others may go well. */
const isOfOne = ({ status }: ApiProblem) => [403, 404, 409].includes(status)

/** The same decision on many requests, each for itself. */
export function useApprovalOfMany(): ManyDecisions<Decision> {
  const show = useShowOwnRequest()
  const readAgain = useReadAgain()

  async function decide(id: string, headers: { 'Idempotency-Key': string }, body: Decision): Promise<BulkResult> {
    try {
      const { data, response } = await client.POST('/access-requests/{id}/decisions', {
        params: { path: { id } },
        body,
        headers,
      })
      if (data) show(data)
      return { id, status: data?.status ?? null, ...(response.status === 202 && { outcome: 'unknown' as const }) }
    } catch (error) {
      const problem = toProblem(error)
      if (!isOfOne(problem)) throw problem
      readAgain(id)
      return { id, status: null, problem: problem.problem as BulkResult['problem'] }
    }
  }

  return {
    size: 1,
    send: (ids, headers, terms) => Promise.all(ids.map((id) => decide(id, headers, terms))),
  }
}
