import { Text, ThemeIcon } from '@mantine/core'
import type { ReactNode } from 'react'
import { Icon, type IconName } from '../../../components/ui/icon.tsx'
import classes from './timeline.module.css'

interface TimelineEntryProps {
  icon: IconName
  color: string
  title: ReactNode
  /** Word for the state, beside the title. */
  state?: ReactNode
  /** Drawn dashed when nothing happened there: `waiting`, `overridden`, `skipped`. */
  look?: string
  children?: ReactNode
}

export function TimelineEntry({ icon, color, title, state, look, children }: TimelineEntryProps) {
  return (
    <li className={classes.entry} data-state={look}>
      <ThemeIcon variant="light" color={color} className={classes.dot} radius="xl" size={30}>
        <Icon name={icon} size={16} />
      </ThemeIcon>
      <div className={classes.body}>
        <div className={classes.head}>
          <span className="gh-break">{title}</span>
          {state && <span className={classes.state}>{state}</span>}
        </div>
        {children && (
          <Text component="div" size="sm" c="dimmed">
            {children}
          </Text>
        )}
      </div>
    </li>
  )
}

export const timelineList = classes.list
