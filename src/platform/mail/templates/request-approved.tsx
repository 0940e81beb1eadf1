import { Fact, Facts, Quote, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { openApplications } from './template.ts'

export const requestApproved: MailTemplate<'request_approved'> = {
  subject: ({ request }, { say }) =>
    say({
      en: `Your request for ${request.flowName} was approved`,
      de: `Ihre Anfrage zu ${request.flowName} wurde genehmigt`,
    }),
  title: ({ say }) => say({ en: 'You have access', de: 'Sie haben Zugriff' }),
  action: () => openApplications,
  body: ({ request, message, expiresAt, alreadyHeld = false }, { say, time, duration }) => (
    <>
      <Text>
        {say({
          en: alreadyHeld ? (
            <>
              Your request was approved. You had access to <Strong of={request.flowName} /> for as long already, so
              nothing changes.
            </>
          ) : (
            <>
              Your request was approved: you now have access to <Strong of={request.flowName} />.
            </>
          ),
          de: alreadyHeld ? (
            <>
              Ihre Anfrage wurde genehmigt. Zugriff auf <Strong of={request.flowName} /> hatten Sie schon für so lange;
              es ändert sich nichts.
            </>
          ) : (
            <>
              Ihre Anfrage wurde genehmigt: Sie haben jetzt Zugriff auf <Strong of={request.flowName} />.
            </>
          ),
        })}
      </Text>
      <Facts>
        <Fact label={say({ en: 'Access ends', de: 'Zugriff endet' })}>
          {expiresAt === null ? duration(null) : time(expiresAt)}
        </Fact>
      </Facts>
      {message ? <Quote label={say({ en: 'Message', de: 'Nachricht' })} text={message} /> : null}
    </>
  ),
}
