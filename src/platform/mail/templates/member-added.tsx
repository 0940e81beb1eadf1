import { Fact, Facts, Name, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { openGroup } from './template.ts'
import { timeInWords } from './words.ts'

export const memberAdded: MailTemplate<'member_added'> = {
  subject: ({ person, group }) => `${person} was put into ${group} without a request`,
  title: 'Access was given without a request',
  action: ({ groupId }) => openGroup(groupId),
  body: ({ person, email, group, by, at }) => (
    <>
      <Text>
        <Strong of={person} /> (<Name of={email} />) was put directly into the group <Strong of={group} />, which is
        otherwise given by an approval flow.
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
