import { HoverCard } from '@mantine/core'
import { createContext, type ReactNode, Suspense, use } from 'react'
import { lazy } from '../../lib/lazy.ts'
import { LocalAnchor } from './link.tsx'
import type { NamedKind } from './name-card.tsx'

const NameCard = lazy(async () => (await import('./name-card.tsx')).NameCard)

/** Whether names lead to what they name: in the Admin Portal. */
const Linked = createContext(false)
export const LinkedNames = Linked.Provider

const paths: Record<NamedKind, string> = {
  user: '/admin/users',
  flow: '/admin/flows',
  group: '/admin/groups',
}

interface NameLinkProps {
  kind: NamedKind
  id: string
  children: ReactNode
}

const openDelayMs = 400

/** The name of a person, flow or group: a link with a card of the most important about it; in the User Portal the name alone. */
export function NameLink({ kind, id, children }: NameLinkProps) {
  if (!use(Linked)) return children
  return (
    <HoverCard withinPortal openDelay={openDelayMs} shadow="md" width={300} position="bottom-start">
      <HoverCard.Target>
        <LocalAnchor
          href={`${paths[kind]}/${id}`}
          inherit
          c="var(--mantine-color-text)"
          underline="always"
          className="gh-break"
        >
          {children}
        </LocalAnchor>
      </HoverCard.Target>
      <HoverCard.Dropdown>
        <Suspense fallback={<div style={{ minHeight: 72 }} />}>
          <NameCard kind={kind} id={id} />
        </Suspense>
      </HoverCard.Dropdown>
    </HoverCard>
  )
}
