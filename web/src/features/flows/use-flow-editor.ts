import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { client } from '../../api/client.ts'
import { useCommand } from '../../lib/use-command.ts'
import { bodyOf, type Flow, type FlowBody, type FlowDraft } from './flow-draft.ts'
import { draftLacks, type Lack } from './flow-problems.ts'

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
  const [draft, setDraft] = useState(initial)
  const [isTried, setIsTried] = useState(false)
  const [openRequests, setOpenRequests] = useState<number>()
  const isDone = useRef(false)
  const isChanged = JSON.stringify(bodyOf(draft)) !== JSON.stringify(bodyOf(initial))
  const lacks: Record<string, Lack> = isTried ? draftLacks(draft) : {}

  const { isBusy, problem, run } = useCommand<Flow, { body: FlowBody; isConfirmed: boolean }>({
    send({ body, isConfirmed }, headers) {
      if (!flow) return client.POST('/approval-flows', { body, headers })
      const params = { path: { id: flow.id }, ...(isConfirmed && { query: { confirm: 'true' as const } }) }
      return client.PUT('/approval-flows/{id}', { params, body: { ...body, version: flow.version } })
    },
    onRefused: ({ code, problem: refusal }) =>
      setOpenRequests(code === confirmation ? Number(refusal.openRequests) : undefined),
    async onDone({ name }) {
      isDone.current = true
      await queries.invalidateQueries({ queryKey: ['get', '/approval-flows'] })
      onSaved(name)
    },
  })
  const send = (isConfirmed: boolean) => run({ body: bodyOf(draft), isConfirmed })

  /** Tells whether it was sent: false when something has to be filled in first. */
  function save(): boolean {
    setIsTried(true)
    if (Object.keys(draftLacks(draft)).length > 0) return false
    void send(false)
    return true
  }

  return {
    draft,
    change: (part: Partial<FlowDraft>) => setDraft((before) => ({ ...before, ...part })),
    lacks,
    problem: problem?.code === confirmation ? undefined : problem,
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
