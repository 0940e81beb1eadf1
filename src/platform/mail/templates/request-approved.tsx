import { Fact, Facts, Quote, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { openApplications } from './template.ts'
import { timeInWords } from './words.ts'

export const requestApproved: MailTemplate<'request_approved'> = {
  subject: ({ request }) => `Your request for ${request.flowName} was approved`,
  title: 'You have access',
  action: () => openApplications,
  body: ({ request, message, expiresAt }) => (
    <>
      <Text>
        Your request was approved: you now have access to <Strong of={request.flowName} />.
      </Text>
      <Facts>
        <Fact label="Access ends">{expiresAt === null ? 'no end date' : timeInWords(expiresAt)}</Fact>
      </Facts>
      {message ? <Quote label="Message" text={message} /> : null}
    </>
  ),
}
