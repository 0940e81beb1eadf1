import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import type { Made, MakerProps } from '../../../components/making/makers.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useForm } from '../../../lib/use-form.ts'
import { emptyDraft, inputOf } from '../application-types.ts'
import { useApplicationCheck } from '../use-application-check.ts'
import { ApplicationFields } from './application-fields.tsx'

/** A new application; `name` is what its form begins with. */
export function CreateApplicationDialog({ name: begun, onMade, onClose }: MakerProps<Made>) {
  const { t } = useTranslation('applications')
  const { isBusy, problem, run } = useCommand({
    send: (body: ReturnType<typeof inputOf>, headers) => client.POST('/applications', { body, headers }),
    rereads: ['/applications'],
    onDone({ id, name }) {
      draft.forget()
      showToast('success', t('created', { name }))
      onMade({ id, name })
      onClose()
    },
  })
  const { field, submit, draft } = useForm({
    initial: { ...emptyDraft, name: begun },
    check: useApplicationCheck(),
    problem,
    ...(!begun && { draft: { name: 'application.new' } }),
  })

  return (
    <DialogFrame
      title={t('create')}
      draft={draft}
      isBusy={isBusy}
      onSubmit={() => submit((values) => run(inputOf(values)))}
      onClose={onClose}
    >
      <ApplicationFields field={field} isNamed={begun !== ''} />
      <ProblemAlert problem={problem} fields={['name', 'url', 'groupIds', 'logoUrl', 'color']} />
    </DialogFrame>
  )
}
