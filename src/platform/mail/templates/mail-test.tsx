import { Name, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { mailSettings } from './template.ts'

const title = { en: 'Mail goes out', de: 'Mails gehen hinaus' }

export const mailTest: MailTemplate<'mail_test'> = {
  subject: ({ by }, { say, product }) =>
    say({ en: `${by} tries out the mails of ${product}`, de: `${by} probiert die Mails von ${product} aus` }),
  title: ({ say }) => say(title),
  action: () => mailSettings,
  body: ({ by }, { say }) => (
    <Text>
      {say({
        en: (
          <>
            <Name of={by} /> has tried out the mail server. That you read this shows that it takes mail and delivers it.
          </>
        ),
        de: (
          <>
            <Name of={by} /> hat den Mailserver ausprobiert. Dass Sie dies lesen, zeigt: Er nimmt Mails an und stellt
            sie zu.
          </>
        ),
      })}
    </Text>
  ),
}
