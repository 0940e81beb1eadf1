import { Alert, Button, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { AnchorLink } from '../../../components/ui/link.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useWrite } from '../../../lib/use-write.ts'

/** Asks for the address and says the same whoever has it. */
export function ForgotPasswordForm() {
  const { t } = useTranslation(['passwords', 'common'])
  const { isBusy, problem, write } = useWrite()
  const [email, setEmail] = useState('')
  const [isTried, setIsTried] = useState(false)
  const [sentTo, setSentTo] = useState<string>()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])

  async function ask(event: FormEvent): Promise<void> {
    event.preventDefault()
    setIsTried(true)
    setSentTo(undefined)
    const address = email.trim()
    if (isBusy || !address) return
    const isDone = await write({ email: address }, async () => {
      await client.POST('/password-resets', { body: { email: address } })
    })
    if (isDone) setSentTo(address)
  }

  const error = isTried && !email.trim() ? t('common:required') : problem?.fieldMessage('email')
  return (
    <form noValidate onSubmit={(event) => void ask(event)}>
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
