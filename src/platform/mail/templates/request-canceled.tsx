import { Quote, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { viewRequest } from './template.ts'

export const requestCanceled: MailTemplate<'request_canceled'> = {
  subject: ({ request }) => `Your request for ${request.flowName} was canceled`,
  title: 'Your request was canceled',
  action: ({ request }) => viewRequest(request.id),
  body: ({ request, cause }) => (
    <>
      <Text>
        Your request for access to <Strong of={request.flowName} /> was canceled.
      </Text>
      <Quote label="Cause" text={cause} />
    </>
  ),
}
