import { Fact, Quote, RequestFacts, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { adminPortalLogin } from './template.ts'

export const processingError: MailTemplate<'processing_error'> = {
  subject: ({ request }) => `Error: ${request.flowName} could not be given to ${request.requester.name}`,
  title: 'Access could not be given',
  action: ({ request }) => adminPortalLogin(request.id),
  body: ({ request, message, attempts }) => (
    <>
      <Text>
        The request of <Strong of={request.requester.name} /> for access to <Strong of={request.flowName} /> could not
        be carried out. You may retry the grant, or deny the request.
      </Text>
      <Quote label="What failed" text={message} />
      <RequestFacts request={request}>
        <Fact label="Attempts">{attempts}</Fact>
      </RequestFacts>
      <Quote label="Reason" text={request.reason} />
    </>
  ),
}
