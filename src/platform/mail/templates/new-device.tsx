import { Fact, Facts, labels, Name, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { sessions } from './template.ts'

export const newDevice: MailTemplate<'new_device'> = {
  subject: ({ email }, { say }) => say({ en: `New sign-in as ${email}`, de: `Neue Anmeldung als ${email}` }),
  title: ({ say }) =>
    say({
      en: 'A sign-in from a device not seen before',
      de: 'Eine Anmeldung von einem Gerät, das noch nicht bekannt war',
    }),
  action: () => sessions,
  body: ({ email, at, clientIp, userAgent }, { say, time }) => (
    <>
      <Text>
        {say({
          en: (
            <>
              Somebody signed in to your account <Strong of={email} /> with your password, from a device that had not
              been used for it.
            </>
          ),
          de: (
            <>
              Jemand hat sich mit Ihrem Passwort an Ihrem Konto <Strong of={email} /> angemeldet, von einem Gerät, mit
              dem es bisher nicht benutzt wurde.
            </>
          ),
        })}
      </Text>
      <Facts>
        <Fact label={say(labels.when)}>{time(at)}</Fact>
        <Fact label={say(labels.from)}>{clientIp ?? say(labels.unknownAddress)}</Fact>
        <Fact label={say({ en: 'Device', de: 'Gerät' })}>
          <Name of={userAgent ?? say({ en: 'not known', de: 'nicht bekannt' })} />
        </Fact>
      </Facts>
      <Text>
        {say({
          en: 'If that was you, there is nothing to do. If not, sign in, end that session and change your password: both are on the page of your sessions.',
          de: 'Waren Sie das, ist nichts zu tun. Wenn nicht, melden Sie sich an, beenden Sie jene Sitzung und ändern Sie Ihr Passwort: Beides steht auf der Seite Ihrer Sitzungen.',
        })}
      </Text>
    </>
  ),
}
