import { Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { askAgain } from './template.ts'

export const accessEnding: MailTemplate<'access_ending'> = {
  subject: ({ flowName, expiresAt }, { say, day }) =>
    say({
      en: `Your access ends on ${day(expiresAt)}: ${flowName}`,
      de: `Ihr Zugriff endet am ${day(expiresAt)}: ${flowName}`,
    }),
  title: ({ say }) => say({ en: 'Your access ends soon', de: 'Ihr Zugriff endet bald' }),
  action: askAgain,
  body: ({ flowName, expiresAt, canAskAgain = true }, { say, time }) => (
    <Text>
      {say({
        en: (
          <>
            Your access to <Strong of={flowName} /> ends on {time(expiresAt)}.
            {canAskAgain && ' If you need it for longer, ask for it again.'}
          </>
        ),
        de: (
          <>
            Ihr Zugriff auf <Strong of={flowName} /> endet am {time(expiresAt)}.
            {canAskAgain && ' Brauchen Sie ihn länger, fragen Sie ihn neu an.'}
          </>
        ),
      })}
    </Text>
  ),
}
