import { Box, Group, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'

interface PageHeaderProps {
  title: string
  description?: ReactNode
  /** Buttons of the whole page. */
  actions?: ReactNode
  /** What stands above the title, such as the way back. */
  above?: ReactNode
}

/** The one h1 of a page; also names the browser tab. */
export function PageHeader({ title, description, actions, above }: PageHeaderProps) {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = `${title} · ${t('product')}`
  }, [title, t])
  return (
    <Box mb="md">
      {above}
      <Group justify="space-between" align="flex-start" gap="sm">
        <Box miw={0} flex="1 1 260px">
          <Title order={1} className="gh-break">
            {title}
          </Title>
          {description && (
            <Text c="dimmed" size="sm" mt={4} component="div">
              {description}
            </Text>
          )}
        </Box>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
    </Box>
  )
}
