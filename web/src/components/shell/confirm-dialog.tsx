import { PasswordInput, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { useCommand } from '../../lib/use-command.ts'
import { useForm } from '../../lib/use-form.ts'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'

/** Asks for the password of whoever is signed in. */
export function ConfirmDialog({ onAnswer }: { onAnswer: (isConfirmed: boolean) => void }) {
  const { t } = useTranslation()

  const { isBusy, problem, run } = useCommand({
    send: (body: { password: string }, headers) => client.POST('/session/confirmation', { body, headers }),
    onDone: () => onAnswer(true),
  })

  const { field, errorOf, submit } = useForm({
    initial: { password: '' },
    check: ({ password }) => ({ password: password ? undefined : t('required') }),
    problem,
  })

  return (
    <DialogFrame
      title={t('confirm.title')}
      submitLabel={t('confirm.submit')}
      isBusy={isBusy}
      onSubmit={() => submit(run)}
      onClose={() => onAnswer(false)}
    >
      <Text size="sm">{t('confirm.text')}</Text>
      <PasswordInput
        label={t('signIn.password')}
        autoComplete="current-password"
        required
        maxLength={200}
        data-autofocus
        {...field('password')}
        aria-invalid={errorOf('password') !== undefined}
        visibilityToggleButtonProps={{ style: { display: 'none' } }}
      />
      <ProblemAlert problem={problem} fields={['password']} />
    </DialogFrame>
  )
}
