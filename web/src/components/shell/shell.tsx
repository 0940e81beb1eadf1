import { Burger, Group, Text } from '@mantine/core'
import { useLocation } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Toasts } from '../ui/toasts.tsx'
import { Brand } from './brand.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { Navigation, type NavigationGroup } from './navigation.tsx'
import classes from './shell.module.css'

interface ShellProps {
  /** Name of the portal, beside the brand. */
  title: string
  groups: NavigationGroup[]
  /** Right end of the header: the account, the way to the other portal. */
  corner: ReactNode
  children: ReactNode
}

/** After a change of page, reading starts at its content; changes of filters leave the focus where it is. */
function useFocusOnNavigation() {
  const main = useRef<HTMLElement>(null)
  const pathname = useLocation({ select: (location) => location.pathname })
  const last = useRef(pathname)
  useEffect(() => {
    if (last.current === pathname) return
    last.current = pathname
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true })
  }, [pathname])
  return main
}

const PhoneNavigation = lazy(async () => ({ default: (await import('./phone-navigation.tsx')).PhoneNavigation }))

/** Frame of a portal: header, navigation (a drawer on phones), connection banner, content, messages. */
export function Shell({ title, groups, corner, children }: ShellProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const main = useFocusOnNavigation()
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
        <Suspense>
          {isOpen && <PhoneNavigation title={title} groups={groups} onClose={() => setOpen(false)} />}
        </Suspense>
        <main id="main" ref={main} tabIndex={-1} className={classes.main}>
          <ConnectionBanner />
          <div className={classes.content}>{children}</div>
        </main>
      </div>
      <Toasts />
    </>
  )
}
