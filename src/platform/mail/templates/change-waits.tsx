import { Name, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { pendingChanges } from './template.ts'

const title = {
  en: 'A change waits for a second administrator',
  de: 'Eine Änderung wartet auf einen zweiten Administrator',
}

export const changeWaits: MailTemplate<'change_waits'> = {
  subject: ({ person }, { say }) => `${say(title)}: ${person}`,
  title: ({ say }) => say(title),
  action: () => pendingChanges,
  body: ({ by, person, isAdministrator, group }, { say }) => (
    <>
      <Text>
        <Name of={by} />{' '}
        {group !== null
          ? say({
              en: (
                <>
                  wants to put <Strong of={person} /> into the group <Strong of={group} />.
                </>
              ),
              de: (
                <>
                  will <Strong of={person} /> in die Gruppe <Strong of={group} /> aufnehmen.
                </>
              ),
            })
          : isAdministrator
            ? say({
                en: (
                  <>
                    wants to make <Strong of={person} /> an administrator.
                  </>
                ),
                de: (
                  <>
                    will <Strong of={person} /> zum Administrator machen.
                  </>
                ),
              })
            : say({
                en: (
                  <>
                    wants to take the role of administrator from <Strong of={person} />.
                  </>
                ),
                de: (
                  <>
                    will <Strong of={person} /> die Administratorrolle nehmen.
                  </>
                ),
              })}
      </Text>
      <Text>
        {say({
          en: 'It is done once another administrator confirms it.',
          de: 'Das geschieht, sobald ein anderer Administrator es bestätigt.',
        })}
      </Text>
    </>
  ),
}
