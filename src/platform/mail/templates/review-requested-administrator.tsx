import type { MailRequest } from '../mail.types.ts'
import { labels, Quote, RequestFacts, Strong, Text } from './parts.tsx'
import type { Reader } from './reader.ts'
import type { MailTemplate } from './template.ts'
import { adminPortalLogin } from './template.ts'

/** Subject of the mails that tell administrators of a new request. */
export function asksFor({ requester, flowName }: MailRequest, { say }: Reader): string {
  return say({
    en: `Access request: ${requester.name} asks for ${flowName}`,
    de: `Zugriffsanfrage: ${requester.name} fragt ${flowName} an`,
  })
}

export const reviewRequestedAdministrator: MailTemplate<'review_requested_administrator'> = {
  subject: ({ request }, reader) => asksFor(request, reader),
  title: ({ say }) =>
    say({ en: 'An access request waits for review', de: 'Eine Zugriffsanfrage wartet auf eine Entscheidung' }),
  action: ({ request }) => adminPortalLogin(request.id),
  body: ({ request }, reader) => (
    <>
      <Text>
        {reader.say({
          en: (
            <>
              <Strong of={request.requester.name} /> asks for access to <Strong of={request.flowName} />. An
              administrator decides on this request.
            </>
          ),
          de: (
            <>
              <Strong of={request.requester.name} /> fragt Zugriff auf <Strong of={request.flowName} /> an. Über diese
              Anfrage entscheidet ein Administrator.
            </>
          ),
        })}
      </Text>
      <RequestFacts request={request} reader={reader} />
      <Quote label={reader.say(labels.reason)} text={request.reason} />
    </>
  ),
}
