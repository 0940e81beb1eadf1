import { Anchor, Group, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { apiBase, querySerializer } from '../../../api/client.ts'
import classes from './import.module.css'

const rules = ['known', 'empty', 'manager', 'state', 'groups', 'whole'] as const

/** How a file is read, and files to begin with. */
export function ImportRules() {
  const { t, i18n } = useTranslation('people')
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  const address = (more: object) =>
    `${apiBase}/users/export?${querySerializer({ language: i18n.language, timeZone, ...more })}`
  return (
    <Stack gap="xs" mt="lg" maw={720}>
      <Title order={2} size="h4">
        {t('rules.title')}
      </Title>
      <Text component="ul" size="sm" className={classes.rules}>
        {rules.map((rule) => (
          <li key={rule}>{t(`rules.${rule}`)}</li>
        ))}
      </Text>
      <Group gap="md" mt={4}>
        <Anchor size="sm" href={address({ template: true })} download>
          {t('template')}
        </Anchor>
        <Anchor size="sm" href={address({})} download>
          {t('everybody')}
        </Anchor>
      </Group>
    </Stack>
  )
}
