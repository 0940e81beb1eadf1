import { Paper, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { AnchorLink } from '../../../components/ui/link.tsx'

/** Pages beside this one that set something up. */
export function MoreSettings() {
  const { t } = useTranslation('settings')
  return (
    <Paper component="section" withBorder p="md" maw={760} mt="lg" aria-labelledby="settings-more">
      <Title order={2} size="h4" mb="sm" id="settings-more">
        {t('more')}
      </Title>
      <Stack gap="sm">
        <div>
          <AnchorLink to="/admin/connectors" fw={600}>
            {t('connectors')}
          </AnchorLink>
          <Text size="sm" c="dimmed">
            {t('connectorsHint')}
          </Text>
        </div>
        <div>
          <AnchorLink to="/admin/people-sources" fw={600}>
            {t('sources')}
          </AnchorLink>
          <Text size="sm" c="dimmed">
            {t('sourcesHint')}
          </Text>
        </div>
        <div>
          <AnchorLink to="/admin/api-tokens" fw={600}>
            {t('tokens')}
          </AnchorLink>
          <Text size="sm" c="dimmed">
            {t('tokensHint')}
          </Text>
        </div>
      </Stack>
    </Paper>
  )
}
