import { Fact, Facts, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { ownTokens } from './template.ts'
import { timeInWords } from './words.ts'

export const tokenCreated: MailTemplate<'token_created'> = {
  subject: ({ name }) => `A new API token for your account: ${name}`,
  title: 'A new API token for your account',
  action: () => ownTokens,
  body: ({ name, scopes, expiresAt, at, clientIp }) => (
    <>
      <Text>Whoever has this token can use the API in your name.</Text>
      <Facts>
        <Fact label="Name">
          <Strong of={name} />
        </Fact>
        <Fact label="May">{scopes.length > 0 ? scopes.join(', ') : 'everything that a token may'}</Fact>
        <Fact label="Ends">{expiresAt === null ? 'never' : timeInWords(expiresAt)}</Fact>
        <Fact label="Made">{timeInWords(at)}</Fact>
        <Fact label="From">{clientIp ?? 'an unknown address'}</Fact>
      </Facts>
      <Text>
        If that was you, there is nothing to do. If not, revoke it, change your password, which ends all tokens and
        other sessions, and tell an administrator.
      </Text>
    </>
  ),
}
