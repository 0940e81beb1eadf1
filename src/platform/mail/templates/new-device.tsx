import { Fact, Facts, Name, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { sessions } from './template.ts'
import { timeInWords } from './words.ts'

export const newDevice: MailTemplate<'new_device'> = {
  subject: ({ email }) => `New sign-in as ${email}`,
  title: 'A sign-in from a device not seen before',
  action: () => sessions,
  body: ({ email, at, clientIp, userAgent }) => (
    <>
      <Text>
        Somebody signed in to your account <Strong of={email} /> with your password, from a device that had not been
        used for it.
      </Text>
      <Facts>
        <Fact label="When">{timeInWords(at)}</Fact>
        <Fact label="From">{clientIp ?? 'an unknown address'}</Fact>
        <Fact label="Device">
          <Name of={userAgent ?? 'not known'} />
        </Fact>
      </Facts>
      <Text>
        If that was you, there is nothing to do. If not, sign in, end that session and change your password: both are on
        the page of your sessions.
      </Text>
    </>
  ),
}
