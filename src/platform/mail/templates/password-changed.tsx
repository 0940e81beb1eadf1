import { Fact, Facts, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { forgotPassword } from './template.ts'
import { timeInWords } from './words.ts'

export const passwordChanged: MailTemplate<'password_changed'> = {
  subject: ({ email }) => `The password of ${email} was changed`,
  title: 'Your password was changed',
  action: () => forgotPassword,
  body: ({ email, at, clientIp, byLink }) => (
    <>
      <Text>
        The password of your account <Strong of={email} /> was changed{' '}
        {byLink ? 'by a link that was mailed to you' : 'by somebody who knew the password before'}. All other sessions
        and all API tokens have ended.
      </Text>
      <Facts>
        <Fact label="When">{timeInWords(at)}</Fact>
        <Fact label="From">{clientIp ?? 'an unknown address'}</Fact>
      </Facts>
      <Text>
        If that was you, there is nothing to do. If not, set a new password at once, and tell an administrator: whoever
        did it can read your mail or knew your password.
      </Text>
    </>
  ),
}
