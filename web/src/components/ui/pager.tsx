import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Icon } from './icon.tsx'

const storageKey = 'gatehouse.pages'

/** Which page a keyset page came after; kept for the tab, so that Previous works after a refresh. */
function trail(): Record<string, string> {
  try {
    return JSON.parse(sessionStorage.getItem(storageKey) ?? '{}') as Record<string, string>
  } catch {
    return {}
  }
}

interface PagerProps {
  /** Cursor of the page shown; nothing on the first. */
  cursor: string | undefined
  nextCursor: string | null
  onChange: (cursor: string | undefined) => void
  /** Such as "34 requests". */
  summary?: string | undefined
}

/** Forwards, backwards and to the start through a keyset list. */
export function Pager({ cursor, nextCursor, onChange, summary }: PagerProps) {
  const { t } = useTranslation()
  const previous = cursor ? (trail()[cursor] ?? '') : undefined
  if (!cursor && !nextCursor && !summary) return null

  function goOn(): void {
    if (!nextCursor) return
    sessionStorage.setItem(storageKey, JSON.stringify({ ...trail(), [nextCursor]: cursor ?? '' }))
    onChange(nextCursor)
  }

  return (
    <Group justify="space-between" mt="md" component="nav" aria-label={t('page.label')}>
      <Text size="sm" c="dimmed">
        {summary}
      </Text>
      {(cursor || nextCursor) && (
        <Group gap="xs">
          {cursor && previous && (
            <Button variant="subtle" size="xs" onClick={() => onChange(undefined)}>
              {t('page.first')}
            </Button>
          )}
          <Button
            variant="default"
            size="xs"
            disabled={!cursor}
            leftSection={<Icon name="arrowLeft" size={14} />}
            onClick={() => onChange(previous || undefined)}
          >
            {t('page.previous')}
          </Button>
          <Button
            variant="default"
            size="xs"
            disabled={!nextCursor}
            rightSection={<Icon name="chevronRight" size={14} />}
            onClick={goOn}
          >
            {t('page.next')}
          </Button>
        </Group>
      )}
    </Group>
  )
}
