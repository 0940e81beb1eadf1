import { Fact, Facts, labels, Name, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { signIn } from './template.ts'

const title = { en: 'The address of your account was changed', de: 'Die Adresse Ihres Kontos wurde geändert' }

export const addressChanged: MailTemplate<'address_changed'> = {
  subject: ({ from }, { say }) =>
    say({
      en: `The address of your account ${from} was changed`,
      de: `Die Adresse Ihres Kontos ${from} wurde geändert`,
    }),
  title: ({ say }) => say(title),
  action: () => signIn,
  body: ({ from, to, at, changedBy }, { say, time }) => (
    <>
      <Text>
        {say({
          en: (
            <>
              You sign in as <Strong of={to} /> from now on, and mails go there. Before, it was <Strong of={from} />.
            </>
          ),
          de: (
            <>
              Ab jetzt melden Sie sich als <Strong of={to} /> an, und Mails gehen dorthin. Vorher war es{' '}
              <Strong of={from} />.
            </>
          ),
        })}
      </Text>
      <Facts>
        <Fact label={say({ en: 'Changed by', de: 'Geändert von' })}>
          <Name of={changedBy} />
        </Fact>
        <Fact label={say(labels.when)}>{time(at)}</Fact>
      </Facts>
      <Text>
        {say({
          en: 'If you did not expect this, tell an administrator at once: whoever reads mail at the new address can set a new password for your account.',
          de: 'Haben Sie das nicht erwartet, sagen Sie es sofort einem Administrator: Wer die Mails der neuen Adresse liest, kann für Ihr Konto ein neues Passwort setzen.',
        })}
      </Text>
    </>
  ),
}
