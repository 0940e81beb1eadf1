import { Badge, Box, Stack, Text, VisuallyHidden } from '@mantine/core'
import { Link, type LinkProps, useLocation } from '@tanstack/react-router'
import { Icon, type IconName } from '../ui/icon.tsx'
import classes from './shell.module.css'

export interface NavigationItem {
  to: NonNullable<LinkProps['to']>
  /** Another address, with all below it, that belongs to the same entry. */
  alsoAt?: NonNullable<LinkProps['to']>
  label: string
  icon: IconName
  /** Shown as a badge when above zero; `countLabel` says what is counted. */
  count?: number
  countLabel?: string
}

export interface NavigationGroup {
  label?: string
  items: NavigationItem[]
}

/** The list of pages of a portal; `onFollow` closes the drawer on phones. */
export function Navigation({
  label,
  groups,
  onFollow,
}: {
  label: string
  groups: NavigationGroup[]
  onFollow?: () => void
}) {
  return (
    <nav aria-label={label}>
      <Stack gap="lg">
        {groups.map((group, index) => (
          <Box key={group.label ?? index}>
            {group.label && (
              <Text size="xs" fw={600} c="dimmed" px="sm" mb={6}>
                {group.label}
              </Text>
            )}
            <Stack gap={2}>
              {group.items.map((item) => (
                <Item key={item.to} item={item} onFollow={onFollow} />
              ))}
            </Stack>
          </Box>
        ))}
      </Stack>
    </nav>
  )
}

function Item({ item, onFollow }: { item: NavigationItem; onFollow?: (() => void) | undefined }) {
  const { to, alsoAt, label, icon, count, countLabel } = item
  const isAlsoHere = useLocation({
    select: ({ pathname }) => alsoAt !== undefined && `${pathname}/`.startsWith(`${alsoAt}/`),
  })
  return (
    <Link
      to={to}
      onClick={onFollow}
      className={classes.item}
      activeProps={{ 'aria-current': 'page' }}
      {...(isAlsoHere && { 'aria-current': 'page' })}
    >
      <Icon name={icon} />
      <span className={classes.itemLabel}>{label}</span>
      {count ? (
        <Badge size="sm" radius="xl" circle={count < 10} variant="filled">
          <span aria-hidden="true">{count}</span>
          <VisuallyHidden>{countLabel ?? count}</VisuallyHidden>
        </Badge>
      ) : null}
    </Link>
  )
}
