import { Fact, Facts, labels, Name, Quote, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { viewRequest } from './template.ts'

export const requestSubmitted: MailTemplate<'request_submitted'> = {
  subject: ({ request }, { say }) =>
    say({
      en: `Your request for ${request.flowName} was received`,
      de: `Ihre Anfrage zu ${request.flowName} ist eingegangen`,
    }),
  title: ({ say }) => say({ en: 'Your request was received', de: 'Ihre Anfrage ist eingegangen' }),
  action: ({ request }) => viewRequest(request.id),
  body: ({ request, approvers }, { say, time, duration }) => (
    <>
      <Text>
        {say({
          en: (
            <>
              Your request for access to <Strong of={request.flowName} /> was received. You get a mail when it has been
              decided.
            </>
          ),
          de: (
            <>
              Ihre Anfrage nach Zugriff auf <Strong of={request.flowName} /> ist eingegangen. Sie bekommen eine Mail,
              wenn darüber entschieden ist.
            </>
          ),
        })}
      </Text>
      <Facts>
        <Fact label={say(labels.duration)}>{duration(request.duration)}</Fact>
        {approvers === null || approvers.length === 0 ? null : (
          <Fact label={say(labels.approvers)}>
            <Name of={approvers.join(', ')} />
          </Fact>
        )}
        {request.expiresAt === null ? null : <Fact label={say(labels.expires)}>{time(request.expiresAt)}</Fact>}
      </Facts>
      <Quote label={say(labels.yourReason)} text={request.reason} />
    </>
  ),
}
