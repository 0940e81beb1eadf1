import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useWrite } from '../../../lib/use-write.ts'
import { emptyDraft, inputOf, lacksOf } from '../application-types.ts'
import { ApplicationFields } from './application-fields.tsx'

export function CreateApplicationDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('applications')
  const queries = useQueryClient()
  const { isBusy, problem, write } = useWrite()
  const [draft, setDraft] = useState(emptyDraft)
  const [isTried, setIsTried] = useState(false)

  async function create(): Promise<void> {
    setIsTried(true)
    if (Object.keys(lacksOf(draft)).length > 0) return
    const body = inputOf(draft)
    const isDone = await write(body, async (headers) => {
      await client.POST('/applications', { body, headers })
    })
    if (!isDone) return
    showToast('success', t('created', { name: body.name }))
    void queries.invalidateQueries({ queryKey: ['get', '/applications'] })
    onClose()
  }

  return (
    <DialogFrame title={t('create')} isBusy={isBusy} onSubmit={create} onClose={onClose}>
      <ApplicationFields value={draft} onChange={setDraft} problem={problem} isTried={isTried} />
      <ProblemAlert problem={problem} fields={['name', 'url', 'groupIds', 'logoUrl', 'color']} />
    </DialogFrame>
  )
}
