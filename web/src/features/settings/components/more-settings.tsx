import { Paper, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { AnchorLink } from '../../../components/ui/link.tsx'

const pages = [
  { to: '/admin/settings/sign-in', name: 'signIn' },
  { to: '/admin/connectors', name: 'connectors' },
  { to: '/admin/people-sources', name: 'sources' },
  { to: '/admin/api-tokens', name: 'tokens' },
] as const

/** Pages beside this one that set something up. */
export function MoreSettings() {
  const { t } = useTranslation('settings')
  return (
    <Paper component="section" withBorder p="md" maw={760} mt="lg" aria-labelledby="settings-more">
      <Title order={2} size="h4" mb="sm" id="settings-more">
        {t('more')}
      </Title>
      <Stack gap="sm">
        {pages.map(({ to, name }) => (
          <div key={to}>
            <AnchorLink to={to} fw={600}>
              {t(name)}
            </AnchorLink>
            <Text size="sm" c="dimmed">
              {t(`${name}Hint`)}
            </Text>
          </div>
        ))}
      </Stack>
    </Paper>
  )
}
