import { ThemeIcon } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../components/ui/icon.tsx'
import { openStatuses } from '../../../lib/request-statuses.ts'
import { useFormat } from '../../../lib/use-format.ts'
import classes from '../overview.module.css'
import { countOf, type Open, queueSearchOf } from '../overview.ts'
import { StatusIcon } from './status-look.tsx'

const colors = { pending: 'blue', missing_data: 'orange', error: 'red' } as const

/** How many requests are open, in all and by status; each number leads to them. */
export function StatusTiles({ open }: { open: readonly Open[] }) {
  const { t } = useTranslation(['overview', 'requests'])
  return (
    <div className={classes.tiles}>
      <Tile
        open={open}
        statuses={openStatuses}
        label={t('open')}
        color="indigo"
        icon={<Icon name="inbox" size={22} />}
      />
      {openStatuses.map((status) => (
        <Tile
          key={status}
          open={open.filter((each) => each.status === status)}
          statuses={[status]}
          label={t(`requests:status.${status}`)}
          color={colors[status]}
          icon={<StatusIcon status={status} size={22} />}
        />
      ))}
    </div>
  )
}

interface TileProps {
  open: readonly Open[]
  statuses: readonly Open['status'][]
  label: string
  color: string
  icon: ReactNode
}

function Tile({ open, statuses, label, color, icon }: TileProps) {
  const format = useFormat()
  const count = countOf(open)
  return (
    <Link to="/admin/requests" search={queueSearchOf(open, statuses)} className={classes.tile}>
      <ThemeIcon variant="light" size={42} radius="md" color={count > 0 ? color : 'gray'}>
        {icon}
      </ThemeIcon>
      <span>
        <span className={classes.number}>{format.number(count)}</span> {label}
      </span>
    </Link>
  )
}
