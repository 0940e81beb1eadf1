import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useForm } from '../../../lib/use-form.ts'
import { emptyDraft, inputOf } from '../application-types.ts'
import { useApplicationCheck } from '../use-application-check.ts'
import { ApplicationFields } from './application-fields.tsx'

export function CreateApplicationDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('applications')
  const { isBusy, problem, run } = useCommand({
    send: (body: ReturnType<typeof inputOf>, headers) => client.POST('/applications', { body, headers }),
    rereads: ['/applications'],
    onDone({ name }) {
      showToast('success', t('created', { name }))
      onClose()
    },
  })
  const { field, submit } = useForm({ initial: emptyDraft, check: useApplicationCheck(), problem })

  return (
    <DialogFrame
      title={t('create')}
      isBusy={isBusy}
      onSubmit={() => submit((draft) => run(inputOf(draft)))}
      onClose={onClose}
    >
      <ApplicationFields field={field} />
      <ProblemAlert problem={problem} fields={['name', 'url', 'groupIds', 'logoUrl', 'color']} />
    </DialogFrame>
  )
}
