import { PasswordInput, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { SaveForm } from '../../../components/ui/save-form.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useForm } from '../../../lib/use-form.ts'

const fields = ['currentPassword', 'newPassword'] as const
const empty = { currentPassword: '', newPassword: '' }

/** Sets another password of one's own; whoever knew the old one is out. */
export function PasswordForm() {
  const { t } = useTranslation(['sessions', 'common'])
  const [isSaved, setIsSaved] = useState(false)

  const { isBusy, problem, run } = useCommand({
    send: (body: typeof empty, headers) => client.POST('/me/password', { body, headers }),
    rereads: ['/me/sessions', '/api-tokens'],
    onDone() {
      reset()
      setIsSaved(true)
    },
  })

  const { values, field, errorOf, submit, reset } = useForm({
    initial: empty,
    check: (draft) => Object.fromEntries(fields.map((each) => [each, draft[each] ? undefined : t('common:required')])),
    problem,
    onChange: () => setIsSaved(false),
  })

  function change(): void {
    setIsSaved(false)
    submit(run)
  }

  return (
    <SaveForm
      title={t('password.title')}
      submitLabel={t('password.change')}
      isBusy={isBusy}
      isChanged={values.currentPassword !== '' || values.newPassword !== ''}
      saved={isSaved && t('password.changed')}
      onSave={change}
    >
      <Text size="sm">{t('password.text')}</Text>
      {fields.map((each) => (
        <PasswordInput
          key={each}
          label={t(`password.${each}`)}
          description={each === 'newPassword' ? t('password.hint') : undefined}
          autoComplete={each === 'newPassword' ? 'new-password' : 'current-password'}
          required
          maxLength={200}
          {...field(each)}
          aria-invalid={errorOf(each) !== undefined}
          visibilityToggleButtonProps={{ style: { display: 'none' } }}
        />
      ))}
      <ProblemAlert problem={problem} fields={fields} />
    </SaveForm>
  )
}
