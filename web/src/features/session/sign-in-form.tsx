import '../../theme/mantine-password.css'
import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { type ApiProblem, toProblem } from '../../api/problem.ts'
import { Icon } from '../../components/ui/icon.tsx'
import { AnchorLink } from '../../components/ui/link.tsx'
import { useProblemText } from '../../lib/use-problem-text.ts'

/** Email and password; `onDone` once the session stands. */
export function SignInForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const [problem, setProblem] = useState<ApiProblem>()
  const [isBusy, setIsBusy] = useState(false)
  const email = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)
  useEffect(() => email.current?.focus(), [])

  async function signIn(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    setIsBusy(true)
    setProblem(undefined)
    try {
      await client.POST('/session', {
        body: { email: fields.get('email') as string, password: fields.get('password') as string },
      })
      onDone()
    } catch (error) {
      setProblem(toProblem(error))
      setIsBusy(false)
      password.current?.select()
    }
  }

  return (
    <form onSubmit={(event) => void signIn(event)}>
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
          data-autofocus
        />
        <PasswordInput
          ref={password}
          name="password"
          label={t('signIn.password')}
          autoComplete="current-password"
          required
          withAsterisk={false}
        />
        <Button type="submit" loading={isBusy} fullWidth mt="xs">
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
