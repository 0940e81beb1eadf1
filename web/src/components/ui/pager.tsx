import { Button, Group, Text } from '@mantine/core'
import { useRef } from 'react'
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

/** Another page is read from its beginning: the list it stands in has the focus and is in sight from its top on. */
function startOver(nav: HTMLElement | null): void {
  const list = nav?.parentElement?.querySelector<HTMLElement>('[data-list]')
  if (!list) return
  list.focus({ preventScroll: true })
  if (list.getBoundingClientRect().top < 0) list.scrollIntoView()
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
  const nav = useRef<HTMLDivElement>(null)
  const previous = cursor ? (trail()[cursor] ?? '') : undefined
  if (!cursor && !nextCursor && !summary) return null

  function turnTo(page: string | undefined): void {
    onChange(page)
    startOver(nav.current)
  }

  function goOn(): void {
    if (!nextCursor) return
    sessionStorage.setItem(storageKey, JSON.stringify({ ...trail(), [nextCursor]: cursor ?? '' }))
    turnTo(nextCursor)
  }

  return (
    <Group ref={nav} justify="space-between" mt="md" component="nav" aria-label={t('page.label')}>
      <Text size="sm" c="dimmed">
        {summary}
      </Text>
      {(cursor || nextCursor) && (
        <Group gap="xs">
          {cursor && previous && (
            <Button variant="subtle" size="xs" onClick={() => turnTo(undefined)}>
              {t('page.first')}
            </Button>
          )}
          <Button
            variant="default"
            size="xs"
            disabled={!cursor}
            leftSection={<Icon name="arrowLeft" size={14} />}
            onClick={() => turnTo(previous || undefined)}
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
