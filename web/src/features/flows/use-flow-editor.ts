import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { client } from '../../api/client.ts'
import { useCommand } from '../../lib/use-command.ts'
import { useForm } from '../../lib/use-form.ts'
import { bodyOf, type Flow, type FlowBody, type FlowDraft } from './flow-draft.ts'
import { useFlowCheck } from './use-flow-check.ts'

interface EditorDeps {
  initial: FlowDraft
  /** The saved flow that is being changed; none for a new one. */
  flow: Flow | undefined
  onSaved: (name: string) => void
}

const confirmation = 'confirmation_required'

/** State of the editor: the draft, what is wrong with it, and saving it. */
export function useFlowEditor({ initial, flow, onSaved }: EditorDeps) {
  const queries = useQueryClient()
  const [openRequests, setOpenRequests] = useState<number>()
  const isDone = useRef(false)

  const { isBusy, problem, run } = useCommand<Flow, { body: FlowBody; isConfirmed: boolean }>({
    send({ body, isConfirmed }, headers) {
      if (!flow) return client.POST('/approval-flows', { body, headers })
      const params = { path: { id: flow.id }, ...(isConfirmed && { query: { confirm: 'true' as const } }) }
      return client.PUT('/approval-flows/{id}', { params, body: { ...body, version: flow.version } })
    },
    onRefused: ({ code, problem: { openRequests: open } }) =>
      setOpenRequests(code === confirmation ? Number(open) : undefined),
    async onDone({ name }) {
      isDone.current = true
      await queries.invalidateQueries({ queryKey: ['get', '/approval-flows'] })
      onSaved(name)
    },
  })
  const refusal = problem?.code === confirmation ? undefined : problem
  const { values: draft, change, errorOf, submit } = useForm({ initial, check: useFlowCheck(), problem: refusal })
  const isChanged = JSON.stringify(bodyOf(draft)) !== JSON.stringify(bodyOf(initial))
  const send = (isConfirmed: boolean) => run({ body: bodyOf(draft), isConfirmed })

  /** Tells whether it was sent: false when something has to be filled in first. */
  function save(): boolean {
    let isSent = false
    submit(() => {
      isSent = true
      return send(false)
    })
    return isSent
  }

  return {
    draft,
    change,
    errorOf,
    problem: refusal,
    isBusy,
    isChanged,
    /** Leaving now loses something. */
    losesWork: () => isChanged && !isDone.current,
    save,
    /** Open requests of the flow, once the service asked whether to go on in spite of them. */
    openRequests,
    confirm: () => void send(true),
    dismiss: () => setOpenRequests(undefined),
  }
}

export type FlowEditorState = ReturnType<typeof useFlowEditor>
