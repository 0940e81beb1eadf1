import { PasswordInput, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { $api, client } from '../../api/client.ts'
import { useCommand } from '../../lib/use-command.ts'
import { useForm } from '../../lib/use-form.ts'
import { DialogFrame } from '../ui/dialog-frame.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { AskProvider } from './ask-provider.tsx'

interface Asking {
  onAnswer: (isConfirmed: boolean) => void
}

/** Asks whoever is signed in to show that it is still they, by a way that they have. */
export function ConfirmDialog({ onAnswer }: Asking) {
  const { data } = $api.useQuery('get', '/me')
  const ways = data?.confirmBy ?? ['password']
  return ways.includes('password') ? (
    <ByPassword onAnswer={onAnswer} hasProvider={ways.includes('provider')} />
  ) : (
    <ByProvider onAnswer={onAnswer} hasProvider={ways.includes('provider')} />
  )
}

function ByPassword({ onAnswer, hasProvider }: Asking & { hasProvider: boolean }) {
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
      {hasProvider && <AskProvider isSecond onDone={() => onAnswer(true)} />}
    </DialogFrame>
  )
}

function ByProvider({ onAnswer, hasProvider }: Asking & { hasProvider: boolean }) {
  const { t } = useTranslation(['providers', 'common'])
  return (
    <DialogFrame
      title={t('common:confirm.title')}
      isBusy={false}
      isOver
      onSubmit={() => undefined}
      onClose={() => onAnswer(false)}
    >
      {hasProvider ? <AskProvider onDone={() => onAnswer(true)} /> : <Text size="sm">{t('fresh.noWay')}</Text>}
    </DialogFrame>
  )
}
