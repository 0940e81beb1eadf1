import { Fact, Quote, RequestFacts, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { adminPortalLogin } from './template.ts'

export const processingError: MailTemplate<'processing_error'> = {
  subject: ({ request, isTaking }) =>
    `Error: ${request.flowName} could not be ${isTaking ? 'taken away from' : 'given to'} ${request.requester.name}`,
  title: 'Access could not be changed',
  action: ({ request }) => adminPortalLogin(request.id),
  body: ({ request, message, attempts, isTaking }) => (
    <>
      <Text>
        {isTaking ? 'Access of ' : 'The request of '}
        <Strong of={request.requester.name} />
        {isTaking ? ' to ' : ' for access to '}
        <Strong of={request.flowName} />
        {isTaking
          ? ' has ended and could not be taken away yet. It is tried again until it is gone.'
          : ' could not be carried out. You may retry the grant, or deny the request.'}
      </Text>
      <Quote label="What failed" text={message} />
      <RequestFacts request={request}>
        <Fact label="Attempts">{attempts}</Fact>
      </RequestFacts>
      <Quote label="Reason" text={request.reason} />
    </>
  ),
}
