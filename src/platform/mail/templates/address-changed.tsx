import { Fact, Facts, Name, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { signIn } from './template.ts'
import { timeInWords } from './words.ts'

export const addressChanged: MailTemplate<'address_changed'> = {
  subject: ({ from }) => `The address of your account ${from} was changed`,
  title: 'The address of your account was changed',
  action: () => signIn,
  body: ({ from, to, at, changedBy }) => (
    <>
      <Text>
        You sign in as <Strong of={to} /> from now on, and mails go there. Before, it was <Strong of={from} />.
      </Text>
      <Facts>
        <Fact label="Changed by">
          <Name of={changedBy} />
        </Fact>
        <Fact label="When">{timeInWords(at)}</Fact>
      </Facts>
      <Text>
        If you did not expect this, tell an administrator at once: whoever reads mail at the new address can set a new
        password for your account.
      </Text>
    </>
  ),
}
