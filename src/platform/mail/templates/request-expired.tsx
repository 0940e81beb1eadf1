import { labels, Quote, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { viewRequest } from './template.ts'

export const requestExpired: MailTemplate<'request_expired'> = {
  subject: ({ request }, { say }) =>
    say({
      en: `Your request for ${request.flowName} has expired`,
      de: `Ihre Anfrage zu ${request.flowName} ist abgelaufen`,
    }),
  title: ({ say }) => say({ en: 'Your request has expired', de: 'Ihre Anfrage ist abgelaufen' }),
  action: ({ request }) => viewRequest(request.id),
  body: ({ request }, { say, time }) => (
    <>
      <Text>
        {say({
          en: (
            <>
              Nobody acted on your request for access to <Strong of={request.flowName} /> in time, so it has expired.
              You made it on {time(request.createdAt)}. If you still need the access, ask for it again.
            </>
          ),
          de: (
            <>
              Niemand hat rechtzeitig über Ihre Anfrage nach Zugriff auf <Strong of={request.flowName} /> entschieden,
              sie ist abgelaufen. Gestellt haben Sie sie am {time(request.createdAt)}. Brauchen Sie den Zugriff noch,
              fragen Sie ihn neu an.
            </>
          ),
        })}
      </Text>
      <Quote label={say(labels.yourReason)} text={request.reason} />
    </>
  ),
}
