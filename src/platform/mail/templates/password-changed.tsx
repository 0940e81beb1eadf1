import { Fact, Facts, labels, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { forgotPassword } from './template.ts'

export const passwordChanged: MailTemplate<'password_changed'> = {
  subject: ({ email }, { say }) =>
    say({ en: `The password of ${email} was changed`, de: `Das Passwort von ${email} wurde geändert` }),
  title: ({ say }) => say({ en: 'Your password was changed', de: 'Ihr Passwort wurde geändert' }),
  action: () => forgotPassword,
  body: ({ email, at, clientIp, byLink }, { say, time }) => (
    <>
      <Text>
        {say({
          en: (
            <>
              The password of your account <Strong of={email} /> was changed{' '}
              {byLink ? 'by a link that was mailed to you' : 'by somebody who knew the password before'}. All other
              sessions and all API tokens have ended.
            </>
          ),
          de: (
            <>
              Das Passwort Ihres Kontos <Strong of={email} /> wurde geändert,{' '}
              {byLink ? 'mit einem Link, der Ihnen geschickt wurde' : 'von jemandem, der das bisherige kannte'}. Alle
              anderen Sitzungen und alle API-Token sind beendet.
            </>
          ),
        })}
      </Text>
      <Facts>
        <Fact label={say(labels.when)}>{time(at)}</Fact>
        <Fact label={say(labels.from)}>{clientIp ?? say(labels.unknownAddress)}</Fact>
      </Facts>
      <Text>
        {say({
          en: 'If that was you, there is nothing to do. If not, set a new password at once, and tell an administrator: whoever did it can read your mail or knew your password.',
          de: 'Waren Sie das, ist nichts zu tun. Wenn nicht, setzen Sie sofort ein neues Passwort und sagen Sie es einem Administrator: Wer das war, kann Ihre Mails lesen oder kannte Ihr Passwort.',
        })}
      </Text>
    </>
  ),
}
