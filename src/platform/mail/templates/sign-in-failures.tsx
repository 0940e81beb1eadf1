import { Fact, Facts, labels, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { signIn } from './template.ts'

export const signInFailures: MailTemplate<'sign_in_failures'> = {
  subject: ({ email }, { say }) =>
    say({ en: `Somebody tries to sign in as ${email}`, de: `Jemand versucht, sich als ${email} anzumelden` }),
  title: ({ say }) =>
    say({
      en: 'Somebody tries to sign in to your account',
      de: 'Jemand versucht, sich an Ihrem Konto anzumelden',
    }),
  action: () => signIn,
  body: ({ email, failures, lastAt, clientIp }, { say, time }) => (
    <>
      <Text>
        {say({
          en: (
            <>
              A wrong password was given {failures} times for your account <Strong of={email} />, and nobody got in by
              that. Further attempts have to wait, for longer each time. From a browser that you have signed in with
              before you get in as always.
            </>
          ),
          de: (
            <>
              Für Ihr Konto <Strong of={email} /> wurde {failures}-mal ein falsches Passwort angegeben, und niemand kam
              damit hinein. Weitere Versuche müssen warten, jedes Mal länger. Mit einem Browser, mit dem Sie sich schon
              angemeldet haben, kommen Sie hinein wie immer.
            </>
          ),
        })}
      </Text>
      <Facts>
        <Fact label={say({ en: 'Last attempt', de: 'Letzter Versuch' })}>{time(lastAt)}</Fact>
        <Fact label={say(labels.from)}>{clientIp ?? say(labels.unknownAddress)}</Fact>
      </Facts>
      <Text>
        {say({
          en: 'If that was you, there is nothing to do. If not, and your password is short or used elsewhere too, change it.',
          de: 'Waren Sie das, ist nichts zu tun. Wenn nicht, und Ihr Passwort ist kurz oder gilt auch anderswo, ändern Sie es.',
        })}
      </Text>
    </>
  ),
}
