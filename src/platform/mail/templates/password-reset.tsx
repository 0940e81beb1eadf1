import { Name, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { setPassword } from './template.ts'

const title = { en: 'Set a new password', de: 'Neues Passwort setzen' }

export const passwordReset: MailTemplate<'password_reset'> = {
  subject: ({ email }, { say }) =>
    say({ en: `Set a new password for ${email}`, de: `Neues Passwort für ${email} setzen` }),
  title: ({ say }) => say(title),
  action: (link) => setPassword(title, link),
  body: ({ email, expiresAt, causedBy }, { say, time }) => (
    <>
      <Text>
        {say({
          en: (
            <>
              {causedBy === null ? (
                'Somebody has asked'
              ) : (
                <>
                  The administrator <Name of={causedBy} /> has asked
                </>
              )}{' '}
              for a new password for your account <Strong of={email} />. The link below works once, until{' '}
              {time(expiresAt)}. Setting the password signs you out everywhere and ends your API tokens.
            </>
          ),
          de: (
            <>
              {causedBy === null ? (
                'Jemand'
              ) : (
                <>
                  Der Administrator <Name of={causedBy} />
                </>
              )}{' '}
              hat für Ihr Konto <Strong of={email} /> ein neues Passwort angefordert. Der Link unten gilt einmal, bis
              zum {time(expiresAt)}. Mit dem neuen Passwort werden Sie überall abgemeldet, und Ihre API-Token enden.
            </>
          ),
        })}
      </Text>
      <Text>
        {say({
          en: 'If you did not want this, do nothing: your password stays as it is. Give the link to nobody, not to administrators either.',
          de: 'Wollten Sie das nicht, tun Sie nichts: Ihr Passwort bleibt, wie es ist. Geben Sie den Link niemandem, auch keinem Administrator.',
        })}
      </Text>
    </>
  ),
}
