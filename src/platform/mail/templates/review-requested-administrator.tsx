import { Quote, RequestFacts, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { adminPortalLogin } from './template.ts'

export const reviewRequestedAdministrator: MailTemplate<'review_requested_administrator'> = {
  subject: ({ request }) => `Access request: ${request.requester.name} asks for ${request.flowName}`,
  title: 'An access request waits for review',
  action: ({ request }) => adminPortalLogin(request.id),
  body: ({ request }) => (
    <>
      <Text>
        <Strong of={request.requester.name} /> asks for access to <Strong of={request.flowName} />. An administrator
        decides on this request.
      </Text>
      <RequestFacts request={request} />
      <Quote label="Reason" text={request.reason} />
    </>
  ),
}
