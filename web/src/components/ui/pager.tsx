import { Button, Group, NativeSelect, Text } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/use-format.ts'
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
  /** What is on the page, of how many in all. */
  shown?: { count: number; total: number | undefined; isMore: boolean | undefined }
  /** How many a page holds at most, for whoever may choose it. */
  size?: { value: string; choices: readonly string[]; onChange: (size: string) => void }
}

/** How many pages come before this one; nothing when it was not reached through them, as by a link. */
function pagesBefore(cursor: string | undefined): number | undefined {
  const before = trail()
  let count = 0
  for (let at = cursor; at; at = before[at], count++) if (before[at] === undefined || count > 10_000) return undefined
  return count
}

/** "1-20 of 77", or "77 in all" where it is not known how many come before. */
function useRange({ cursor, shown, size }: Pick<PagerProps, 'cursor' | 'shown' | 'size'>): string | undefined {
  const { t } = useTranslation()
  const format = useFormat()
  const pages = pagesBefore(cursor)
  if (!shown || shown.total === undefined) return undefined
  const start = pages === undefined ? undefined : pages * Number(size?.value ?? shown.count)
  // Rows that were decided stay where they are, and count no more.
  const count = start === undefined ? shown.total : Math.max(shown.total, start + shown.count)
  const total = format.number(count) + (shown.isMore && count > 0 ? '+' : '')
  if (start === undefined) return t('page.total', { total })
  const from = format.number(start + 1)
  const to = format.number(start + shown.count)
  return t('page.range', { from, to, total })
}

/** Forwards, backwards and to the start through a keyset list. */
export function Pager({ cursor, nextCursor, onChange, shown, size }: PagerProps) {
  const { t } = useTranslation()
  const nav = useRef<HTMLDivElement>(null)
  const previous = cursor ? (trail()[cursor] ?? '') : undefined
  const range = useRange({ cursor, shown, size })
  if (!cursor && !nextCursor && !range) return null

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
      <Group gap="md">
        <Text size="sm" c="dimmed">
          {range}
        </Text>
        {size && (
          <NativeSelect
            size="xs"
            aria-label={t('page.perPage')}
            value={size.value}
            data={size.choices.map((value) => ({ value, label: t('page.size', { count: Number(value) }) }))}
            onChange={({ currentTarget }) => {
              size.onChange(currentTarget.value)
              startOver(nav.current)
            }}
          />
        )}
      </Group>
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
