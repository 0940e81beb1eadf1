import { client } from '../../../api/client.ts'
import type { components } from '../../../api/schema.d.ts'
import type { AccessRequest } from '../../../api/types.ts'
import { type Command, useCommand } from '../../../lib/use-command.ts'
import { useShowRequest } from './use-queue.ts'

type Schemas = components['schemas']
export type Decision =
  | { action: 'grant'; body: Schemas['GrantAccessRequest'] }
  | { action: 'deny'; body: Schemas['DenyAccessRequest'] }
  | { action: 'decide'; body: Schemas['DecideAccessRequest'] }

/** Carries out one decision of an administrator: over the flow (`grant`, `deny`), or as the approver of a step (`decide`). `onDone` gets the request, and whether its outcome is known yet. */
export function useDecision(id: string, onDone: (request: AccessRequest, isKnown: boolean) => void): Command<Decision> {
  const show = useShowRequest()
  const params = { path: { id } }

  /** Who was faster is seen in the row behind the dialog as well. */
  async function showCurrent(): Promise<void> {
    const { data } = await client.GET('/access-requests/{id}', { params }).catch(() => ({ data: undefined }))
    if (data) show(data)
  }

  return useCommand<AccessRequest, Decision>({
    send({ action, body }, headers) {
      if (action === 'grant') return client.POST('/access-requests/{id}/grant', { params, body, headers })
      if (action === 'deny') return client.POST('/access-requests/{id}/deny', { params, body, headers })
      return client.POST('/access-requests/{id}/decisions', { params, body, headers })
    },
    awaitsOutcome: true,
    onDone(request, { status }) {
      show(request)
      onDone(request, status !== 202)
    },
    onRefused: ({ status }) => status === 409 && showCurrent(),
  })
}
