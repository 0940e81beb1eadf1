import { Name, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { setPassword } from './template.ts'

const yourCompany = { en: 'Your company', de: 'Ihr Unternehmen' }

export const invitation: MailTemplate<'invitation'> = {
  subject: ({ email }, { say, product }) =>
    say({ en: `Your account at ${product}: ${email}`, de: `Ihr Konto bei ${product}: ${email}` }),
  title: ({ say, product }) => say({ en: `You are invited to ${product}`, de: `Sie sind zu ${product} eingeladen` }),
  action: (link) => setPassword({ en: 'Set your password', de: 'Passwort setzen' }, link),
  body: ({ email, expiresAt, causedBy }, { say, time, product }) => (
    <>
      <Text>
        <Name of={causedBy ?? say(yourCompany)} />{' '}
        {say({
          en: (
            <>
              invites you to {product}, where you ask for access to applications. You sign in as <Strong of={email} />.
            </>
          ),
          de: (
            <>
              lädt Sie zu {product} ein. Dort fragen Sie Zugriff auf Anwendungen an. Sie melden sich als{' '}
              <Strong of={email} /> an.
            </>
          ),
        })}
      </Text>
      <Text>
        {say({
          en: `Set your password with the link below. It works once, until ${time(expiresAt)}. Give it to nobody, not to administrators either. If you do not know what this is about, do nothing.`,
          de: `Setzen Sie Ihr Passwort mit dem Link unten. Er gilt einmal, bis zum ${time(expiresAt)}. Geben Sie ihn niemandem, auch keinem Administrator. Wissen Sie nicht, worum es geht, tun Sie nichts.`,
        })}
      </Text>
    </>
  ),
}
