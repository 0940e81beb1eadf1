import '../../theme/mantine-password.css'
import { PasswordInput, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { useCommand } from '../../lib/use-command.ts'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'

/** Asks for the password of whoever is signed in. */
export function ConfirmDialog({ onAnswer }: { onAnswer: (isConfirmed: boolean) => void }) {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  const [isTried, setIsTried] = useState(false)

  const { isBusy, problem, run } = useCommand({
    send: (body: { password: string }, headers) => client.POST('/session/confirmation', { body, headers }),
    onDone: () => onAnswer(true),
  })

  function confirm(): void {
    setIsTried(true)
    if (password) void run({ password })
  }

  const error = isTried && !password ? t('required') : problem?.fieldMessage('password')
  return (
    <DialogFrame
      title={t('confirm.title')}
      submitLabel={t('confirm.submit')}
      isBusy={isBusy}
      onSubmit={confirm}
      onClose={() => onAnswer(false)}
    >
      <Text size="sm">{t('confirm.text')}</Text>
      <PasswordInput
        label={t('signIn.password')}
        autoComplete="current-password"
        required
        maxLength={200}
        data-autofocus
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        aria-invalid={error !== undefined}
        error={error}
        visibilityToggleButtonProps={{ style: { display: 'none' } }}
      />
      <ProblemAlert problem={problem} fields={['password']} />
    </DialogFrame>
  )
}
