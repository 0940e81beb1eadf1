import { Quote, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { viewRequest } from './template.ts'

export const requestCanceled: MailTemplate<'request_canceled'> = {
  subject: ({ request }, { say }) =>
    say({
      en: `Your request for ${request.flowName} was canceled`,
      de: `Ihre Anfrage zu ${request.flowName} wurde abgebrochen`,
    }),
  title: ({ say }) => say({ en: 'Your request was canceled', de: 'Ihre Anfrage wurde abgebrochen' }),
  action: ({ request }) => viewRequest(request.id),
  body: ({ request, cause }, { say }) => (
    <>
      <Text>
        {say({
          en: (
            <>
              Your request for access to <Strong of={request.flowName} /> was canceled.
            </>
          ),
          de: (
            <>
              Ihre Anfrage nach Zugriff auf <Strong of={request.flowName} /> wurde abgebrochen.
            </>
          ),
        })}
      </Text>
      <Quote label={say({ en: 'Cause', de: 'Ursache' })} text={cause} />
    </>
  ),
}
