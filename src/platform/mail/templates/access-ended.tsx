import { Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { askAgain } from './template.ts'

const ends = {
  returned: {
    en: { subject: 'was returned', sentence: 'was returned by you' },
    de: { subject: 'wurde zurückgegeben', sentence: 'wurde von Ihnen zurückgegeben' },
  },
  revoked: {
    en: { subject: 'was revoked', sentence: 'was revoked by an administrator' },
    de: { subject: 'wurde entzogen', sentence: 'wurde von einem Administrator entzogen' },
  },
  over: {
    en: { subject: 'has ended', sentence: 'ended' },
    de: { subject: 'ist zu Ende', sentence: 'endete' },
  },
}

function endOf({ revoked, returned = false }: { revoked: boolean; returned?: boolean }) {
  if (returned) return ends.returned
  return revoked ? ends.revoked : ends.over
}

export const accessEnded: MailTemplate<'access_ended'> = {
  subject: ({ flowName, ...how }, { say }) =>
    say({
      en: `Your access to ${flowName} ${endOf(how).en.subject}`,
      de: `Ihr Zugriff auf ${flowName} ${endOf(how).de.subject}`,
    }),
  title: ({ say }) => say({ en: 'Your access has ended', de: 'Ihr Zugriff ist zu Ende' }),
  action: askAgain,
  body: ({ flowName, endedAt, canAskAgain = true, ...how }, { say, time }) => (
    <Text>
      {say({
        en: (
          <>
            Your access to <Strong of={flowName} /> {endOf(how).en.sentence} on {time(endedAt)}.
            {canAskAgain && ' If you still need it, ask for it again.'}
          </>
        ),
        de: (
          <>
            Ihr Zugriff auf <Strong of={flowName} /> {endOf(how).de.sentence}: {time(endedAt)}.
            {canAskAgain && ' Brauchen Sie ihn noch, fragen Sie ihn neu an.'}
          </>
        ),
      })}
    </Text>
  ),
}
