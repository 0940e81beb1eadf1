import { Fact, labels, Quote, RequestFacts, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { adminPortalLogin } from './template.ts'

export const processingError: MailTemplate<'processing_error'> = {
  subject: ({ request: { flowName, requester }, isTaking }, { say }) =>
    say({
      en: `Error: ${flowName} could not be ${isTaking ? 'taken away from' : 'given to'} ${requester.name}`,
      de: `Fehler: ${flowName} konnte ${requester.name} nicht ${isTaking ? 'entzogen' : 'gegeben'} werden`,
    }),
  title: ({ say }) => say({ en: 'Access could not be changed', de: 'Ein Zugriff konnte nicht geändert werden' }),
  action: ({ request }) => adminPortalLogin(request.id),
  body: ({ request, message, attempts, isTaking }, reader) => (
    <>
      <Text>
        {reader.say({
          en: (
            <>
              {isTaking ? 'Access of ' : 'The request of '}
              <Strong of={request.requester.name} />
              {isTaking ? ' to ' : ' for access to '}
              <Strong of={request.flowName} />
              {isTaking
                ? ' has ended and could not be taken away yet. It is tried again until it is gone.'
                : ' could not be carried out. You may retry the grant, or deny the request.'}
            </>
          ),
          de: (
            <>
              {isTaking ? 'Der Zugriff von ' : 'Die Anfrage von '}
              <Strong of={request.requester.name} />
              {isTaking ? ' auf ' : ' nach Zugriff auf '}
              <Strong of={request.flowName} />
              {isTaking
                ? ' ist zu Ende und konnte noch nicht entzogen werden. Das wird wiederholt, bis er weg ist.'
                : ' konnte nicht ausgeführt werden. Sie können es erneut versuchen oder die Anfrage ablehnen.'}
            </>
          ),
        })}
      </Text>
      <Quote label={reader.say({ en: 'What failed', de: 'Was scheiterte' })} text={message} />
      <RequestFacts request={request} reader={reader}>
        <Fact label={reader.say({ en: 'Attempts', de: 'Versuche' })}>{attempts}</Fact>
      </RequestFacts>
      <Quote label={reader.say(labels.reason)} text={request.reason} />
    </>
  ),
}
