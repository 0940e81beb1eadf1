import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { client } from '../../api/client.ts'
import { useCommand } from '../../lib/use-command.ts'
import { useForm } from '../../lib/use-form.ts'
import { areLinesKnown, bodyOf, type Flow, type FlowDraft } from './flow-draft.ts'
import { useBinding } from './use-binding.ts'
import { useFlowCheck } from './use-flow-check.ts'

interface EditorDeps {
  initial: FlowDraft
  /** The saved flow that is being changed; none for a new one. */
  flow: Flow | undefined
  /** What was edited and not saved is kept under this name. */
  draftName: string
  onSaved: (name: string) => void
}

interface Sent {
  draft: FlowDraft
  isConfirmed: boolean
}

const confirmation = 'confirmation_required'

const contentsOf = ({ isNewGroup, applicationId, ...draft }: FlowDraft) => ({
  ...bodyOf({ ...draft, isNewGroup, applicationId }),
  isNewGroup,
  applicationId,
})

/** State of the editor: the draft, what is wrong with it, and saving it. */
export function useFlowEditor({ initial, flow, draftName, onSaved }: EditorDeps) {
  const queries = useQueryClient()
  const bind = useBinding()
  const [openRequests, setOpenRequests] = useState<number>()
  const isDone = useRef(false)

  const { isBusy, problem, run } = useCommand<Flow, Sent>({
    send({ draft: sent, isConfirmed }, headers) {
      const body = bodyOf(sent)
      if (!flow) return client.POST('/approval-flows', { body, headers })
      const params = { path: { id: flow.id }, ...(isConfirmed && { query: { confirm: 'true' as const } }) }
      return client.PUT('/approval-flows/{id}', { params, body: { ...body, version: sent.version ?? flow.version } })
    },
    onRefused: ({ code, problem: { openRequests: open } }) =>
      setOpenRequests(code === confirmation ? Number(open) : undefined),
    async onDone(saved, _response, { draft: { applicationId } }) {
      isDone.current = true
      kept.forget()
      if (applicationId) await bind(applicationId, saved)
      await queries.invalidateQueries({ queryKey: ['get', '/approval-flows'] })
      onSaved(saved.name)
    },
  })
  /** The flow is refused or not: its group is there from then on, and stays chosen. */
  const newGroup = useCommand<{ id: string }, Sent>({
    send: ({ draft: { name } }, headers) => client.POST('/user-groups', { body: { name: name.trim() }, headers }),
    rereads: ['/user-groups'],
    async onDone({ id: groupId }, _response, { draft: sent, isConfirmed }) {
      const group = { groupId, isNewGroup: false }
      change(group)
      await run({ draft: { ...sent, ...group }, isConfirmed })
    },
  })
  const refusal = problem?.code === confirmation ? undefined : problem
  const form = useForm({
    initial,
    check: useFlowCheck(),
    problem: refusal,
    draft: { name: draftName, take: (values) => (areLinesKnown(values.approvers) ? values : undefined) },
  })
  const { values: draft, change, errorOf, submit, draft: kept } = form
  const isChanged = JSON.stringify(contentsOf(draft)) !== JSON.stringify(contentsOf(initial))
  const send = (isConfirmed: boolean) => (draft.isNewGroup ? newGroup : { run }).run({ draft, isConfirmed })

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
    /** What was edited before, and what becomes of it. */
    kept,
    change,
    errorOf,
    problem: refusal,
    isBusy: isBusy || newGroup.isBusy,
    /** Why the group that goes with the flow could not be made. */
    groupProblem: newGroup.problem,
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
