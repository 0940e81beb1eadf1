import { Fact, Facts, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { signIn } from './template.ts'
import { timeInWords } from './words.ts'

export const signInFailures: MailTemplate<'sign_in_failures'> = {
  subject: ({ email }) => `Somebody tries to sign in as ${email}`,
  title: 'Somebody tries to sign in to your account',
  action: () => signIn,
  body: ({ email, failures, lastAt, clientIp }) => (
    <>
      <Text>
        A wrong password was given {failures} times for your account <Strong of={email} />, and nobody got in by that.
        Further attempts have to wait, for longer each time. From a browser that you have signed in with before you get
        in as always.
      </Text>
      <Facts>
        <Fact label="Last attempt">{timeInWords(lastAt)}</Fact>
        <Fact label="From">{clientIp ?? 'an unknown address'}</Fact>
      </Facts>
      <Text>
        If that was you, there is nothing to do. If not, and your password is short or used elsewhere too, change it.
      </Text>
    </>
  ),
}
