import { Alert, Button, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { AnchorLink } from '../../../components/ui/link.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useCommand } from '../../../lib/use-command.ts'

/** Asks for the address and says the same whoever has it. */
export function ForgotPasswordForm() {
  const { t } = useTranslation(['passwords', 'common'])
  const [email, setEmail] = useState('')
  const [isTried, setIsTried] = useState(false)
  const [sentTo, setSentTo] = useState<string>()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])

  const { isBusy, problem, run } = useCommand({
    send: (body: { email: string }) => client.POST('/password-resets', { body }),
    onDone: (_nothing, _response, body) => setSentTo(body.email),
  })

  function ask(event: FormEvent): void {
    event.preventDefault()
    setIsTried(true)
    setSentTo(undefined)
    const address = email.trim()
    if (address) void run({ email: address })
  }

  const error = isTried && !email.trim() ? t('common:required') : problem?.fieldMessage('email')
  return (
    <form noValidate onSubmit={ask}>
      <Stack gap="md">
        <div role="status">
          {sentTo && (
            <Alert role="note" color="green" icon={<Icon name="check" />}>
              <span className="gh-break">{t('forgot.sent', { email: sentTo })}</span>
            </Alert>
          )}
        </div>
        <ProblemAlert problem={problem} fields={['email']} />
        <TextInput
          ref={field}
          type="email"
          label={t('common:signIn.email')}
          autoComplete="username"
          required
          withAsterisk={false}
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={error}
        />
        <Button type="submit" loading={isBusy} fullWidth>
          {t('forgot.submit')}
        </Button>
        <AnchorLink to="/sign-in" ta="center">
          {t('toSignIn')}
        </AnchorLink>
      </Stack>
    </form>
  )
}
