import { Fact, labels, Name, Quote, RequestFacts, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { openApproval } from './template.ts'

const title = { en: 'Your approval is needed', de: 'Ihre Zustimmung ist gefragt' }

export const reviewRequestedApprover: MailTemplate<'review_requested_approver'> = {
  subject: ({ request: { requester, flowName } }, { say }) =>
    say({
      en: `${title.en}: ${requester.name} asks for ${flowName}`,
      de: `${title.de}: ${requester.name} fragt ${flowName} an`,
    }),
  title: ({ say }) => say(title),
  action: ({ request }) => openApproval(request.id),
  body: ({ request, steps }, reader) => (
    <>
      <Text>
        {reader.say({
          en: (
            <>
              <Strong of={request.requester.name} /> asks for access to <Strong of={request.flowName} />, and you are
              asked to approve or deny it.
            </>
          ),
          de: (
            <>
              <Strong of={request.requester.name} /> fragt Zugriff auf <Strong of={request.flowName} /> an, und Sie
              werden gebeten, dem zuzustimmen oder es abzulehnen.
            </>
          ),
        })}
      </Text>
      <RequestFacts request={request} reader={reader}>
        {steps.length === 0 ? null : (
          <Fact label={reader.say({ en: 'You decide as', de: 'Sie entscheiden als' })}>
            <Name of={steps.join(', ')} />
          </Fact>
        )}
      </RequestFacts>
      <Quote label={reader.say(labels.reason)} text={request.reason} />
    </>
  ),
}
