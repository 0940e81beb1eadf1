import { Box, Group, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './icon.tsx'
import { LocalAnchor } from './link.tsx'
import { SoftText } from './soft-text.tsx'

interface PageHeaderProps {
  title: string
  description?: ReactNode
  /** Buttons of the whole page. */
  actions?: ReactNode
  /** The way back to where this page belongs. */
  back?: { href: string; label: string } | undefined
}

/** The one h1 of a page; also names the browser tab. */
export function PageHeader({ title, description, actions, back }: PageHeaderProps) {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = `${title} · ${t('product')}`
  }, [title, t])
  return (
    <Box mb="md">
      {back && (
        <LocalAnchor href={back.href} size="sm" mb={8} display="inline-flex" style={{ gap: 6 }}>
          <Icon name="arrowLeft" size={18} />
          {back.label}
        </LocalAnchor>
      )}
      <Group justify="space-between" align="flex-start" gap="sm">
        <Box miw={0} flex="1 1 260px">
          <Title order={1} className="gh-break">
            <SoftText text={title} />
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
