import { Center, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/icon.tsx'
import { LanguageSwitch } from './language-switch.tsx'

interface EntryFrameProps {
  title: string
  intro: string
  children: ReactNode
}

/** The frame of the pages on the way in: one thing to do, in the middle. */
export function EntryFrame({ title, intro, children }: EntryFrameProps) {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = `${title} · ${t('product')}`
  }, [t, title])
  return (
    <Center mih="100dvh" p="md" component="main" bg="var(--gh-surface)">
      <Stack w="100%" maw={400} gap="lg">
        <Stack gap={6} align="center">
          <Icon name="gate" size={44} />
          <Text fw={700}>{t('product')}</Text>
          <Title order={1} ta="center">
            {title}
          </Title>
          <Text c="dimmed" ta="center">
            {intro}
          </Text>
        </Stack>
        <Paper withBorder p="xl" radius="lg">
          {children}
        </Paper>
        <Group justify="center">
          <LanguageSwitch />
        </Group>
      </Stack>
    </Center>
  )
}
