import { Alert, Text } from '@mantine/core'
import { Icon } from './icon.tsx'

/** Says that something comes from elsewhere and is changed there. */
export function ManagedNote({ children }: { children: string }) {
  return (
    <Alert role="note" variant="light" icon={<Icon name="info" />} mb="md" maw={640}>
      <Text size="sm">{children}</Text>
    </Alert>
  )
}
