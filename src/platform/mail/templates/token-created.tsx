import { Fact, Facts, labels, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { ownTokens } from './template.ts'

const title = { en: 'A new API token for your account', de: 'Ein neues API-Token für Ihr Konto' }

export const tokenCreated: MailTemplate<'token_created'> = {
  subject: ({ name }, { say }) => `${say(title)}: ${name}`,
  title: ({ say }) => say(title),
  action: () => ownTokens,
  body: ({ name, scopes, expiresAt, at, clientIp }, { say, time }) => (
    <>
      <Text>
        {say({
          en: 'Whoever has this token can use the API in your name.',
          de: 'Wer dieses Token hat, kann die API in Ihrem Namen benutzen.',
        })}
      </Text>
      <Facts>
        <Fact label="Name">
          <Strong of={name} />
        </Fact>
        <Fact label={say({ en: 'May', de: 'Darf' })}>
          {scopes.length > 0
            ? scopes.join(', ')
            : say({ en: 'everything that a token may', de: 'alles, was ein Token darf' })}
        </Fact>
        <Fact label={say({ en: 'Ends', de: 'Endet' })}>
          {expiresAt === null ? say({ en: 'never', de: 'nie' }) : time(expiresAt)}
        </Fact>
        <Fact label={say({ en: 'Made', de: 'Angelegt' })}>{time(at)}</Fact>
        <Fact label={say(labels.from)}>{clientIp ?? say(labels.unknownAddress)}</Fact>
      </Facts>
      <Text>
        {say({
          en: 'If that was you, there is nothing to do. If not, revoke it, change your password, which ends all tokens and other sessions, and tell an administrator.',
          de: 'Waren Sie das, ist nichts zu tun. Wenn nicht, widerrufen Sie es, ändern Sie Ihr Passwort, was alle Token und andere Sitzungen beendet, und sagen Sie es einem Administrator.',
        })}
      </Text>
    </>
  ),
}
