import { Fact, Facts, labels, Name, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { openGroup } from './template.ts'

export const memberAdded: MailTemplate<'member_added'> = {
  subject: ({ person, group, others = 0 }, { say }) =>
    others > 0
      ? say({
          en: `${person} and ${others} more were put into ${group} without a request`,
          de: `${person} und ${others} weitere wurden ohne Anfrage in ${group} aufgenommen`,
        })
      : say({
          en: `${person} was put into ${group} without a request`,
          de: `${person} wurde ohne Anfrage in ${group} aufgenommen`,
        }),
  title: ({ say }) => say({ en: 'Access was given without a request', de: 'Zugriff wurde ohne Anfrage gegeben' }),
  action: ({ groupId }) => openGroup(groupId),
  body: ({ person, email, group, by, at, others = 0 }, { say, time }) => (
    <>
      <Text>
        <Strong of={person} /> (<Name of={email} />){' '}
        {say({
          en: (
            <>
              was put directly into the group <Strong of={group} />, which is otherwise given by an approval flow.
            </>
          ),
          de: (
            <>
              wurde direkt in die Gruppe <Strong of={group} /> aufgenommen, die sonst ein Genehmigungsablauf gibt.
            </>
          ),
        })}
      </Text>
      <Facts>
        <Fact label={say({ en: 'By', de: 'Von' })}>
          <Name of={by} />
        </Fact>
        {others > 0 && (
          <Fact label={say({ en: 'Put in with them', de: 'Mit ihnen aufgenommen' })}>
            {say({ en: `${others} more`, de: `${others} weitere` })}
          </Fact>
        )}
        <Fact label={say(labels.when)}>{time(at)}</Fact>
      </Facts>
    </>
  ),
}
