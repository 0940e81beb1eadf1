import { Fact, Facts, Name, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { openUser } from './template.ts'
import { timeInWords } from './words.ts'

export const administratorMade: MailTemplate<'administrator_made'> = {
  subject: ({ person }) => `${person} is an administrator now`,
  title: 'Somebody was made an administrator',
  action: ({ userId }) => openUser(userId),
  body: ({ person, email, by, at }) => (
    <>
      <Text>
        <Strong of={person} /> (<Name of={email} />) is an administrator of Gatehouse now.
      </Text>
      <Facts>
        <Fact label="By">
          <Name of={by} />
        </Fact>
        <Fact label="When">{timeInWords(at)}</Fact>
      </Facts>
    </>
  ),
}
