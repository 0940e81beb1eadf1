import { Name, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { setPassword } from './template.ts'
import { timeInWords } from './words.ts'

export const passwordReset: MailTemplate<'password_reset'> = {
  subject: ({ email }) => `Set a new password for ${email}`,
  title: 'Set a new password',
  action: (link) => setPassword('Set a new password', link),
  body: ({ email, expiresAt, causedBy }) => (
    <>
      <Text>
        {causedBy === null ? 'Somebody has asked' : <AskedBy name={causedBy} />} for a new password for your account{' '}
        <Strong of={email} />. The link below works once, until {timeInWords(expiresAt)}. Setting the password signs you
        out everywhere and ends your API tokens.
      </Text>
      <Text>
        If you did not want this, do nothing: your password stays as it is. Give the link to nobody, not to
        administrators either.
      </Text>
    </>
  ),
}

function AskedBy({ name }: { name: string }) {
  return (
    <>
      The administrator <Name of={name} /> has asked
    </>
  )
}
