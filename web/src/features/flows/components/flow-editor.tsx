import { Button, Group, Stack } from '@mantine/core'
import { type FormEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { DraftNote } from '../../../components/ui/draft-note.tsx'
import { LeaveGuard } from '../../../components/ui/leave-guard.tsx'
import { ButtonLink } from '../../../components/ui/link.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { focusFirstWrong } from '../../../lib/focus-first-wrong.ts'
import { lazy } from '../../../lib/lazy.ts'
import type { Flow, FlowDraft } from '../flow-draft.ts'
import classes from '../flows.module.css'
import { useFlowEditor } from '../use-flow-editor.ts'
import { AboutSection } from './about-section.tsx'
import { AccessSection } from './access-section.tsx'
import { ApprovalSection } from './approval-section.tsx'

const FlowPreview = lazy(async () => (await import('./flow-preview.tsx')).FlowPreview)
const SaveDialog = lazy(async () => (await import('./save-dialog.tsx')).SaveDialog)

/** What the service may refuse and a field shows. */
const shownFields = [
  'name',
  'description',
  'color',
  'logoUrl',
  'groupId',
  'durations',
  'visibleToGroupIds',
  'approvers',
]

interface FlowEditorProps {
  initial: FlowDraft
  /** The saved flow that is being changed; none for a new one. */
  flow?: Flow
  /** What was edited and not saved is kept under this name. */
  draftName: string
  onSaved: (name: string) => void
  /** Takes the flow as it is now, and drops what was edited. */
  onReload?: () => void
}

/** Everything a flow says, and beside it who would have to approve. Leaving with unsaved changes asks. */
export function FlowEditor({ initial, flow, draftName, onSaved, onReload }: FlowEditorProps) {
  const { t } = useTranslation(['flows', 'common'])
  const editor = useFlowEditor({ initial, flow, draftName, onSaved })
  const form = useRef<HTMLFormElement>(null)
  const isConflict = editor.problem?.code === 'conflict'

  useEffect(() => {
    if (editor.problem) focusFirstWrong(form.current)
  }, [editor.problem])

  function reload(): void {
    editor.kept.forget()
    onReload?.()
  }

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (flow && !editor.isChanged) onSaved('')
    else if (!editor.isBusy && !editor.save()) focusFirstWrong(form.current)
  }

  return (
    <div className={classes.layout}>
      <form ref={form} onSubmit={submit} noValidate>
        <Stack>
          <DraftNote draft={editor.kept} />
          <AboutSection editor={editor} flow={flow} openRequests={flow?.enabled ? flow.openRequests : 0} />
          <AccessSection editor={editor} isNew={flow === undefined} />
          <ApprovalSection editor={editor} />
          <ProblemAlert problem={editor.problem} fields={shownFields} />
          <Group>
            <Button type="submit" loading={editor.isBusy}>
              {flow ? t('common:action.save') : t('create')}
            </Button>
            {isConflict && onReload && (
              <Button variant="default" onClick={reload}>
                {t('reload')}
              </Button>
            )}
            <ButtonLink to="/admin/flows" variant="default">
              {t('common:action.cancel')}
            </ButtonLink>
          </Group>
        </Stack>
      </form>
      <div className={classes.aside}>
        <DialogSlot>
          <FlowPreview draft={editor.draft} />
        </DialogSlot>
      </div>
      <DialogSlot>
        {editor.openRequests !== undefined && (
          <SaveDialog
            openRequests={editor.openRequests}
            isDisabling={!editor.draft.enabled && flow?.enabled === true}
            isBusy={editor.isBusy}
            onSave={editor.confirm}
            onClose={editor.dismiss}
          />
        )}
      </DialogSlot>
      <LeaveGuard losesWork={editor.losesWork} isKept />
    </div>
  )
}
