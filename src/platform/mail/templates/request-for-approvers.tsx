import { Fact, labels, Name, Quote, RequestFacts, Strong, Text } from './parts.tsx'
import { asksFor } from './review-requested-administrator.tsx'
import type { MailTemplate } from './template.ts'
import { adminPortalLogin } from './template.ts'

export const requestForApprovers: MailTemplate<'request_for_approvers'> = {
  subject: ({ request }, reader) => asksFor(request, reader),
  title: ({ say }) => say({ en: 'An access request was submitted', de: 'Eine Zugriffsanfrage wurde gestellt' }),
  action: ({ request }) => adminPortalLogin(request.id),
  body: ({ request, approvers }, reader) => (
    <>
      <Text>
        {reader.say({
          en: (
            <>
              <Strong of={request.requester.name} /> asks for access to <Strong of={request.flowName} />. Approvers
              decide on this request; an administrator may decide instead.
            </>
          ),
          de: (
            <>
              <Strong of={request.requester.name} /> fragt Zugriff auf <Strong of={request.flowName} /> an. Über diese
              Anfrage entscheiden Genehmiger; ein Administrator kann statt ihrer entscheiden.
            </>
          ),
        })}
      </Text>
      <RequestFacts request={request} reader={reader}>
        <Fact label={reader.say(labels.approvers)}>
          <Name of={approvers.join(', ')} />
        </Fact>
      </RequestFacts>
      <Quote label={reader.say(labels.reason)} text={request.reason} />
    </>
  ),
}
