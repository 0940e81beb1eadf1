import { labels, Quote, RequestFacts, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { adminPortalLogin } from './template.ts'

export const missingData: MailTemplate<'missing_data'> = {
  subject: ({ request }, { say }) =>
    say({
      en: `Missing data: ${request.requester.name} asks for ${request.flowName}`,
      de: `Daten fehlen: ${request.requester.name} fragt ${request.flowName} an`,
    }),
  title: ({ say }) =>
    say({
      en: 'A request cannot go on: data is missing',
      de: 'Eine Anfrage kann nicht weitergehen: Es fehlen Daten',
    }),
  action: ({ request }) => adminPortalLogin(request.id),
  body: ({ request, missing }, reader) => (
    <>
      <Text>
        {reader.say({
          en: (
            <>
              The request of <Strong of={request.requester.name} /> for access to <Strong of={request.flowName} />{' '}
              waits, because an approver cannot be found. It goes on by itself as soon as the data is filled in; you may
              also grant or deny it.
            </>
          ),
          de: (
            <>
              Die Anfrage von <Strong of={request.requester.name} /> nach Zugriff auf <Strong of={request.flowName} />{' '}
              wartet, weil sich kein Genehmiger finden lässt. Sie geht von selbst weiter, sobald die Daten ergänzt sind;
              Sie können sie auch genehmigen oder ablehnen.
            </>
          ),
        })}
      </Text>
      <Quote
        label={reader.say({ en: 'Missing', de: 'Es fehlt' })}
        text={missing
          .map(({ step, detail }) => `${reader.say({ en: 'Step', de: 'Schritt' })} ${step}: ${detail}`)
          .join('\n')}
      />
      <RequestFacts request={request} reader={reader} />
      <Quote label={reader.say(labels.reason)} text={request.reason} />
    </>
  ),
}
