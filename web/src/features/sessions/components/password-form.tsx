import '../../../theme/mantine-password.css'
import { PasswordInput, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { SaveForm } from '../../../components/ui/save-form.tsx'
import { useCommand } from '../../../lib/use-command.ts'

const fields = ['currentPassword', 'newPassword'] as const
const empty = { currentPassword: '', newPassword: '' }

/** Sets another password of one's own; whoever knew the old one is out. */
export function PasswordForm() {
  const { t } = useTranslation(['sessions', 'common'])
  const [draft, setDraft] = useState(empty)
  const [isTried, setIsTried] = useState(false)
  const [isSaved, setIsSaved] = useState(false)

  const { isBusy, problem, run } = useCommand({
    send: (body: typeof empty, headers) => client.POST('/me/password', { body, headers }),
    rereads: ['/me/sessions', '/api-tokens'],
    onDone() {
      setDraft(empty)
      setIsTried(false)
      setIsSaved(true)
    },
  })

  async function change(): Promise<void> {
    setIsTried(true)
    setIsSaved(false)
    if (draft.currentPassword && draft.newPassword) await run(draft)
  }

  const errorOf = (field: (typeof fields)[number]) =>
    isTried && !draft[field] ? t('common:required') : problem?.fieldMessage(field)

  return (
    <SaveForm
      title={t('password.title')}
      submitLabel={t('password.change')}
      isBusy={isBusy}
      isChanged={draft.currentPassword !== '' || draft.newPassword !== ''}
      saved={isSaved && t('password.changed')}
      onSave={change}
    >
      <Text size="sm">{t('password.text')}</Text>
      {fields.map((field) => (
        <PasswordInput
          key={field}
          label={t(`password.${field}`)}
          description={field === 'newPassword' ? t('password.hint') : undefined}
          autoComplete={field === 'newPassword' ? 'new-password' : 'current-password'}
          required
          maxLength={200}
          value={draft[field]}
          onChange={(event) => {
            setDraft({ ...draft, [field]: event.currentTarget.value })
            setIsSaved(false)
          }}
          aria-invalid={errorOf(field) !== undefined}
          error={errorOf(field)}
          visibilityToggleButtonProps={{ style: { display: 'none' } }}
        />
      ))}
      <ProblemAlert problem={problem} fields={fields} />
    </SaveForm>
  )
}
