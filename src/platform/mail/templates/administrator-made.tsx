import { Fact, Facts, labels, Name, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { openUser } from './template.ts'

export const administratorMade: MailTemplate<'administrator_made'> = {
  subject: ({ person }, { say }) =>
    say({ en: `${person} is an administrator now`, de: `${person} ist jetzt Administrator` }),
  title: ({ say }) => say({ en: 'Somebody was made an administrator', de: 'Jemand wurde Administrator' }),
  action: ({ userId }) => openUser(userId),
  body: ({ person, email, by, at }, { say, time, product }) => (
    <>
      <Text>
        <Strong of={person} /> (<Name of={email} />){' '}
        {say({ en: `is an administrator of ${product} now.`, de: `ist jetzt Administrator in ${product}.` })}
      </Text>
      <Facts>
        <Fact label={say({ en: 'By', de: 'Von' })}>
          <Name of={by} />
        </Fact>
        <Fact label={say(labels.when)}>{time(at)}</Fact>
      </Facts>
    </>
  ),
}
