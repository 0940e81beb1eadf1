import { Quote, RequestFacts, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { adminPortalLogin } from './template.ts'

export const missingData: MailTemplate<'missing_data'> = {
  subject: ({ request }) => `Missing data: ${request.requester.name} asks for ${request.flowName}`,
  title: 'A request cannot go on: data is missing',
  action: ({ request }) => adminPortalLogin(request.id),
  body: ({ request, missing }) => (
    <>
      <Text>
        The request of <Strong of={request.requester.name} /> for access to <Strong of={request.flowName} /> waits,
        because an approver cannot be found. It goes on by itself as soon as the data is filled in; you may also grant
        or deny it.
      </Text>
      <Quote label="Missing" text={missing.map(({ step, detail }) => `Step ${step}: ${detail}`).join('\n')} />
      <RequestFacts request={request} />
      <Quote label="Reason" text={request.reason} />
    </>
  ),
}
