import { Anchor, Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../api/schema.d.ts'
import { ApplicationAvatar } from '../../../components/ui/avatar.tsx'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { Icon } from '../../../components/ui/icon.tsx'
import { TimeAgo } from '../../../components/ui/time-ago.tsx'
import { ReturnDialog } from './dialogs.ts'
import { TileMenu } from './tile-menu.tsx'

type Application = components['schemas']['MyApplication']

/** One tile per application: its sign, its address, and when access ends. */
export function ApplicationTiles({ applications }: { applications: Application[] }) {
  const [returned, setReturned] = useState<Application>()
  return (
    <>
      <SimpleGrid component="ul" cols={{ base: 1, xs: 2, md: 3, xl: 4 }} p={0} m={0} style={{ listStyle: 'none' }}>
        {applications.map((application) => (
          <Paper component="li" withBorder p="md" key={application.id}>
            <Tile application={application} onReturn={() => setReturned(application)} />
          </Paper>
        ))}
      </SimpleGrid>
      <DialogSlot>
        {returned && <ReturnDialog application={returned} all={applications} onClose={() => setReturned(undefined)} />}
      </DialogSlot>
    </>
  )
}

function Tile({ application, onReturn }: { application: Application; onReturn: () => void }) {
  const { t } = useTranslation('portal')
  const { name, url, until } = application
  return (
    <Group wrap="nowrap" align="flex-start">
      <ApplicationAvatar application={application} size={44} />
      <Stack gap={2} miw={0}>
        <Anchor href={url} target="_blank" rel="noreferrer" fw={600} className="gh-break" inherit={false}>
          {name} <Icon name="external" size={14} />
        </Anchor>
        <Text size="sm" c="dimmed">
          {until ? (
            <>
              {t('applications.until')} <TimeAgo at={until} />
            </>
          ) : (
            t('applications.always')
          )}
        </Text>
      </Stack>
      <TileMenu application={application} onReturn={onReturn} />
    </Group>
  )
}
