import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { emptyDraft, inputOf, lacksOf } from '../application-types.ts'
import { ApplicationFields } from './application-fields.tsx'

export function CreateApplicationDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('applications')
  const [draft, setDraft] = useState(emptyDraft)
  const [isTried, setIsTried] = useState(false)
  const { isBusy, problem, run } = useCommand({
    send: (body: ReturnType<typeof inputOf>, headers) => client.POST('/applications', { body, headers }),
    rereads: ['/applications'],
    onDone({ name }) {
      showToast('success', t('created', { name }))
      onClose()
    },
  })

  function create(): void {
    setIsTried(true)
    if (Object.keys(lacksOf(draft)).length === 0) void run(inputOf(draft))
  }

  return (
    <DialogFrame title={t('create')} isBusy={isBusy} onSubmit={create} onClose={onClose}>
      <ApplicationFields value={draft} onChange={setDraft} problem={problem} isTried={isTried} />
      <ProblemAlert problem={problem} fields={['name', 'url', 'groupIds', 'logoUrl', 'color']} />
    </DialogFrame>
  )
}
