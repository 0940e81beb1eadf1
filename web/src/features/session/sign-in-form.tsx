import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import type { ApiProblem } from '../../api/problem.ts'
import type { components } from '../../api/schema.d.ts'
import { Icon } from '../../components/ui/icon.tsx'
import { AnchorLink } from '../../components/ui/link.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { useProblemText } from '../../lib/use-problem-text.ts'

interface SignInFormProps {
  /** Once the session stands. */
  onDone: () => void
  /** There is another way above it, which most people take. */
  isSecond?: boolean
}

/** Email and password. */
export function SignInForm({ onDone, isSecond = false }: SignInFormProps) {
  const { t } = useTranslation()
  const email = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (!isSecond) email.current?.focus()
  }, [isSecond])

  const { isBusy, problem, run } = useCommand({
    send: (body: components['schemas']['SignIn']) => client.POST('/session', { body }),
    onDone,
    onRefused: () => password.current?.select(),
  })

  function signIn(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    void run({ email: fields.get('email') as string, password: fields.get('password') as string })
  }

  return (
    <form onSubmit={signIn}>
      {problem && <Refusal problem={problem} />}
      <Stack gap="md">
        <TextInput
          ref={email}
          name="email"
          type="email"
          label={t('signIn.email')}
          autoComplete="username"
          required
          withAsterisk={false}
          data-autofocus={!isSecond}
        />
        <PasswordInput
          ref={password}
          name="password"
          label={t('signIn.password')}
          autoComplete="current-password"
          required
          withAsterisk={false}
        />
        <Button type="submit" variant={isSecond ? 'default' : 'filled'} loading={isBusy} fullWidth mt="xs">
          {t('signIn.submit')}
        </Button>
        <AnchorLink to="/forgot-password" ta="center">
          {t('signIn.forgot')}
        </AnchorLink>
      </Stack>
    </form>
  )
}

function Refusal({ problem }: { problem: ApiProblem }) {
  const { t } = useTranslation()
  const textOf = useProblemText()
  const texts: Record<number, string> = {
    0: t('state.offlineTitle'),
    401: t('signIn.failed'),
    422: t('signIn.failed'),
    429: t('signIn.limited'),
  }
  return (
    <Alert color="red" mb="md" icon={<Icon name="alert" />}>
      {texts[problem.status] ?? textOf(problem)}
    </Alert>
  )
}
