import { Quote, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { viewRequest } from './template.ts'

export const requestDenied: MailTemplate<'request_denied'> = {
  subject: ({ request }) => `Your request for ${request.flowName} was denied`,
  title: 'Your request was denied',
  action: ({ request }) => viewRequest(request.id),
  body: ({ request, reason, nextSteps }) => (
    <>
      <Text>
        Your request for access to <Strong of={request.flowName} /> was denied.
      </Text>
      {reason ? <Quote label="Reason" text={reason} /> : null}
      {nextSteps ? <Quote label="Next steps" text={nextSteps} /> : null}
    </>
  ),
}
