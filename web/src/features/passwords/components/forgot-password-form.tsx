import { Alert, Button, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { AnchorLink } from '../../../components/ui/link.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useForm } from '../../../lib/use-form.ts'

/** Asks for the address and says the same whoever has it. */
export function ForgotPasswordForm() {
  const { t } = useTranslation(['passwords', 'common'])
  const [sentTo, setSentTo] = useState<string>()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])

  const { isBusy, problem, run } = useCommand({
    send: (body: { email: string }) => client.POST('/password-resets', { body }),
    onDone: (_nothing, _response, body) => setSentTo(body.email),
  })

  const { field, submit } = useForm({
    initial: { email: '' },
    check: ({ email }) => ({ email: email.trim() ? undefined : t('common:required') }),
    problem,
  })

  function ask(event: FormEvent): void {
    event.preventDefault()
    setSentTo(undefined)
    submit(({ email }) => run({ email: email.trim() }))
  }

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
          ref={input}
          type="email"
          label={t('common:signIn.email')}
          autoComplete="username"
          required
          withAsterisk={false}
          maxLength={254}
          {...field('email')}
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
