import '../theme/mantine-more.css'
import { Alert, Center, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../api/query-client.ts'
import { LanguageSwitch } from '../components/shell/language-switch.tsx'
import { Icon } from '../components/ui/icon.tsx'
import { SignInForm } from '../features/session/sign-in-form.tsx'
import { localAddress } from '../lib/local-address.ts'
import { leaveFor } from './guards.ts'

const route = getRouteApi('/sign-in')

export function SignInPage() {
  const { t } = useTranslation()
  const router = useRouter()
  const { next, ended } = route.useSearch()
  useEffect(() => {
    document.title = `${t('signIn.title')} · ${t('product')}`
  }, [t])

  function goOn(): void {
    // Nothing of whoever was signed in before.
    queryClient.clear()
    const address = localAddress(next) ?? '/'
    if (address.startsWith('/api/')) void leaveFor(address)
    else router.history.replace(address)
  }

  return (
    <Center mih="100dvh" p="md" component="main" bg="var(--gh-surface)">
      <Stack w="100%" maw={400} gap="lg">
        <Stack gap={6} align="center">
          <Icon name="gate" size={44} />
          <Title order={1}>{t('signIn.title')}</Title>
          <Text c="dimmed" ta="center">
            {t('signIn.intro')}
          </Text>
        </Stack>
        <Paper withBorder p="xl" radius="lg">
          {ended && (
            <Alert role="note" mb="md" color="blue" icon={<Icon name="info" />}>
              {t('signIn.ended')}
            </Alert>
          )}
          <SignInForm onDone={goOn} />
        </Paper>
        <Group justify="center">
          <LanguageSwitch />
        </Group>
      </Stack>
    </Center>
  )
}
