import { Fact, Facts, Name, Quote, Strong, Text, wantedDuration } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { viewRequest } from './template.ts'
import { timeInWords } from './words.ts'

export const requestSubmitted: MailTemplate<'request_submitted'> = {
  subject: ({ request }) => `Your request for ${request.flowName} was received`,
  title: 'Your request was received',
  action: ({ request }) => viewRequest(request.id),
  body: ({ request, approvers }) => (
    <>
      <Text>
        Your request for access to <Strong of={request.flowName} /> was received. You get a mail when it has been
        decided.
      </Text>
      <Facts>
        <Fact label="Duration">{wantedDuration(request)}</Fact>
        {approvers === null || approvers.length === 0 ? null : (
          <Fact label="Has to be approved by">
            <Name of={approvers.join(', ')} />
          </Fact>
        )}
        {request.expiresAt === null ? null : (
          <Fact label="Expires without a decision">{timeInWords(request.expiresAt)}</Fact>
        )}
      </Facts>
      <Quote label="Your reason" text={request.reason} />
    </>
  ),
}
