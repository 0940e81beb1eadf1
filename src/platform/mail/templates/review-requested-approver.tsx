import { Fact, Name, Quote, RequestFacts, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { openApproval } from './template.ts'

export const reviewRequestedApprover: MailTemplate<'review_requested_approver'> = {
  subject: ({ request }) => `Your approval is needed: ${request.requester.name} asks for ${request.flowName}`,
  title: 'Your approval is needed',
  action: ({ request }) => openApproval(request.id),
  body: ({ request, steps }) => (
    <>
      <Text>
        <Strong of={request.requester.name} /> asks for access to <Strong of={request.flowName} />, and you are asked to
        approve or deny it.
      </Text>
      <RequestFacts request={request}>
        {steps.length === 0 ? null : (
          <Fact label="You decide as">
            <Name of={steps.join(', ')} />
          </Fact>
        )}
      </RequestFacts>
      <Quote label="Reason" text={request.reason} />
    </>
  ),
}
