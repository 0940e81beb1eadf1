import { labels, Quote, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { viewRequest } from './template.ts'

export const requestDenied: MailTemplate<'request_denied'> = {
  subject: ({ request }, { say }) =>
    say({
      en: `Your request for ${request.flowName} was denied`,
      de: `Ihre Anfrage zu ${request.flowName} wurde abgelehnt`,
    }),
  title: ({ say }) => say({ en: 'Your request was denied', de: 'Ihre Anfrage wurde abgelehnt' }),
  action: ({ request }) => viewRequest(request.id),
  body: ({ request, reason, nextSteps }, { say }) => (
    <>
      <Text>
        {say({
          en: (
            <>
              Your request for access to <Strong of={request.flowName} /> was denied.
            </>
          ),
          de: (
            <>
              Ihre Anfrage nach Zugriff auf <Strong of={request.flowName} /> wurde abgelehnt.
            </>
          ),
        })}
      </Text>
      {reason ? <Quote label={say(labels.reason)} text={reason} /> : null}
      {nextSteps ? <Quote label={say({ en: 'Next steps', de: 'Nächste Schritte' })} text={nextSteps} /> : null}
    </>
  ),
}
