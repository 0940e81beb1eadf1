import { Quote, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { viewRequest } from './template.ts'
import { timeInWords } from './words.ts'

export const requestExpired: MailTemplate<'request_expired'> = {
  subject: ({ request }) => `Your request for ${request.flowName} has expired`,
  title: 'Your request has expired',
  action: ({ request }) => viewRequest(request.id),
  body: ({ request }) => (
    <>
      <Text>
        Nobody acted on your request for access to <Strong of={request.flowName} /> in time, so it has expired. You made
        it on {timeInWords(request.createdAt)}. If you still need the access, ask for it again.
      </Text>
      <Quote label="Your reason" text={request.reason} />
    </>
  ),
}
