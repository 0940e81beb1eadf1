import { Burger, Group, Text } from '@mantine/core'
import { useLocation } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keepFocus } from '../../lib/keep-focus.ts'
import { lazy } from '../../lib/lazy.ts'
import { DialogSlot } from '../ui/dialog-slot.tsx'
import { Toasts } from '../ui/toasts.tsx'
import { Brand } from './brand.tsx'
import { Confirmation } from './confirmation.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { Navigation, type NavigationGroup } from './navigation.tsx'
import classes from './shell.module.css'
import '../../theme/portals.css'

interface ShellProps {
  /** Name of the portal, beside the brand. */
  title: string
  groups: NavigationGroup[]
  /** Right end of the header: the account, the way to the other portal. */
  corner: ReactNode
  children: ReactNode
}

/** The focus never falls off the page. After a change of page, reading starts at its content; filters leave it where it is. */
function useFocusPlace() {
  const main = useRef<HTMLElement>(null)
  const page = useRef<HTMLDivElement>(null)
  useEffect(() => (main.current && page.current ? keepFocus(main.current, page.current) : undefined), [])
  const pathname = useLocation({ select: (location) => location.pathname })
  const last = useRef(pathname)
  useEffect(() => {
    if (last.current === pathname) return
    last.current = pathname
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true })
  }, [pathname])
  return { main, page }
}

const PhoneNavigation = lazy(async () => (await import('./phone-navigation.tsx')).PhoneNavigation)

/** Frame of a portal: header, navigation (a drawer on phones), connection banner, content, messages. */
export function Shell({ title, groups, corner, children }: ShellProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const { main, page } = useFocusPlace()
  return (
    <>
      <a className="gh-skip" href="#main">
        {t('skip')}
      </a>
      <header className={classes.header}>
        <Group gap="sm" wrap="nowrap">
          <Burger
            hiddenFrom="sm"
            size="sm"
            onClick={() => setOpen(true)}
            aria-label={t('nav.open')}
            aria-expanded={isOpen}
          />
          <Brand />
          <Text c="dimmed" size="sm" visibleFrom="sm">
            {title}
          </Text>
        </Group>
        <Group gap="sm" wrap="nowrap">
          {corner}
        </Group>
      </header>
      <div className={classes.body}>
        <div className={classes.side}>
          <Navigation label={t('nav.label')} groups={groups} />
        </div>
        <DialogSlot>
          {isOpen && <PhoneNavigation title={title} groups={groups} onClose={() => setOpen(false)} />}
        </DialogSlot>
        <main id="main" ref={main} tabIndex={-1} className={classes.main}>
          <ConnectionBanner />
          <div ref={page} className={classes.content}>
            {children}
          </div>
        </main>
      </div>
      <Confirmation />
      <Toasts />
    </>
  )
}
