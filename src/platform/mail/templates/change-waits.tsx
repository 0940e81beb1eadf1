import { Name, Strong, Text } from './parts.tsx'
import type { MailTemplate } from './template.ts'
import { pendingChanges } from './template.ts'

export const changeWaits: MailTemplate<'change_waits'> = {
  subject: ({ person }) => `A change waits for a second administrator: ${person}`,
  title: 'A change waits for a second administrator',
  action: () => pendingChanges,
  body: ({ by, person, isAdministrator, group }) => (
    <>
      <Text>
        <Name of={by} />{' '}
        {group !== null ? (
          <>
            wants to put <Strong of={person} /> into the group <Strong of={group} />.
          </>
        ) : isAdministrator ? (
          <>
            wants to make <Strong of={person} /> an administrator.
          </>
        ) : (
          <>
            wants to take the role of administrator from <Strong of={person} />.
          </>
        )}
      </Text>
      <Text>It is done once another administrator confirms it.</Text>
    </>
  ),
}
