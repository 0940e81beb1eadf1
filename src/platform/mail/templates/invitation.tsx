import { Name, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { setPassword } from './template.ts'
import { timeInWords } from './words.ts'

export const invitation: MailTemplate<'invitation'> = {
  subject: ({ email }) => `Your account at Gatehouse: ${email}`,
  title: 'You are invited to Gatehouse',
  action: (link) => setPassword('Set your password', link),
  body: ({ email, expiresAt, causedBy }) => (
    <>
      <Text>
        <Name of={causedBy ?? 'Your company'} /> invites you to Gatehouse, where you ask for access to applications. You
        sign in as <Strong of={email} />.
      </Text>
      <Text>
        Set your password with the link below. It works once, until {timeInWords(expiresAt)}. Give it to nobody, not to
        administrators either. If you do not know what this is about, do nothing.
      </Text>
    </>
  ),
}
