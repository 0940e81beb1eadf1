import { Alert, Checkbox, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { Icon } from '../../../components/ui/icon.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useForm } from '../../../lib/use-form.ts'
import { useDeleteView, useSaveView } from '../api/use-views.ts'
import type { SavedView } from '../default-view.ts'
import type { QueueSearch } from '../queue-search.ts'
import { keptOf, type ViewDialog, type ViewSearch } from '../saved-views.ts'

interface ViewDialogsProps {
  dialog: ViewDialog
  search: QueueSearch
  /** What is shown is called by this view from now on, or by none. */
  onView: (view: string | undefined) => void
  onClose: () => void
}

/** The dialog that is open. */
export function ViewDialogs({ dialog, search, onView, onClose }: ViewDialogsProps) {
  if (dialog.kind === 'delete') return <DeleteViewDialog view={dialog.view} onView={onView} onClose={onClose} />
  const view = dialog.kind === 'change' ? dialog.view : undefined
  return <SaveViewDialog view={view} search={search} onView={onView} onClose={onClose} />
}

interface SaveViewDialogProps extends Omit<ViewDialogsProps, 'dialog'> {
  /** Whose name and sharing are changed; without it what is shown is saved as a new one. */
  view: SavedView | undefined
}

/** The name of a view, and whether others see it. */
function SaveViewDialog({ view, search, onView, onClose }: SaveViewDialogProps) {
  const { t } = useTranslation(['views', 'common'])
  const { isBusy, problem, run } = useSaveView(view, (saved) => {
    showToast('success', t('saved', { name: saved.name }))
    if (!view) onView(saved.id)
    onClose()
  })
  const { field, values, errorOf, submit } = useForm({
    initial: { name: view?.name ?? '', shared: view?.shared ?? false },
    check: ({ name }) => ({ name: name.trim() ? undefined : t('common:required') }),
    problem,
  })
  const kept = view ? (view.search as ViewSearch) : keptOf(search)
  const isTaken = problem?.problem.current === 'taken' && errorOf('name') === problem.fieldMessage('name')
  const isFull = problem?.problem.current === 'too_many'
  return (
    <DialogFrame
      title={t(view ? 'changeTitle' : 'saveTitle')}
      submitLabel={t('common:action.save')}
      isBusy={isBusy}
      onSubmit={() => submit((draft) => run({ ...draft, search: kept }))}
      onClose={onClose}
    >
      {!view && <Text size="sm">{t('saveText')}</Text>}
      <TextInput
        label={t('name')}
        required
        maxLength={100}
        data-autofocus
        {...field('name')}
        error={isTaken ? t('taken') : errorOf('name')}
      />
      <Checkbox
        label={t('share')}
        description={t('shareHint')}
        checked={values.shared}
        onChange={field('shared').onChange}
      />
      {isFull ? (
        <Alert color="red" icon={<Icon name="alert" />}>
          {t('tooMany')}
        </Alert>
      ) : (
        <ProblemAlert problem={problem} fields={['name']} />
      )}
    </DialogFrame>
  )
}

interface DeleteViewDialogProps extends Pick<ViewDialogsProps, 'onView' | 'onClose'> {
  view: SavedView
}

/** Asks before a view goes. What is shown stays. */
function DeleteViewDialog({ view, onView, onClose }: DeleteViewDialogProps) {
  const { t } = useTranslation(['views', 'common'])
  const { isBusy, problem, run } = useDeleteView(view, () => {
    showToast('success', t('deleted', { name: view.name }))
    onView(undefined)
    onClose()
  })
  return (
    <DialogFrame
      title={t('deleteTitle', { name: view.name })}
      submitLabel={t('common:action.delete')}
      isDangerous
      isBusy={isBusy}
      isOver={problem?.status === 404}
      onSubmit={run}
      onClose={onClose}
    >
      <Text>{t(view.shared ? 'deleteSharedText' : 'deleteText')}</Text>
      <ProblemAlert problem={problem} />
    </DialogFrame>
  )
}
