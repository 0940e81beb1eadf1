import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import type { components } from '../../../api/schema.d.ts'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useCommand } from '../../../lib/use-command.ts'

type Test = components['schemas']['SignInTest']

const colors = { ok: 'green', failed: 'red', unknown: 'gray' } as const

/** Whether signing in would work, as far as that can be told without a person. */
export function ProviderTest() {
  const { t } = useTranslation('providers')
  const [test, setTest] = useState<Test>()
  const { run, isBusy, problem } = useCommand({
    send: (_: void, headers) => client.POST('/settings/sign-in/test', { headers }),
    onDone: (answer: Test) => setTest(answer),
  })
  return (
    <Stack gap="sm" align="flex-start">
      <Group gap="sm">
        <Button variant="default" loading={isBusy} onClick={() => void run()}>
          {t('settings.test')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('settings.testHint')}
        </Text>
      </Group>
      <ProblemAlert problem={problem} />
      <Stack gap={6} role="status">
        {!isBusy &&
          test?.checks.map(({ check, state, detail }) => (
            <Group key={check} gap="xs" align="baseline">
              <Badge color={colors[state]} variant="light">
                {t(`settings.state.${state}`)}
              </Badge>
              <Text size="sm" fw={600}>
                {t(`settings.check.${check}`)}
              </Text>
              <Text size="sm" c="dimmed" className="gh-break" lang="en">
                {detail}
              </Text>
            </Group>
          ))}
      </Stack>
    </Stack>
  )
}
