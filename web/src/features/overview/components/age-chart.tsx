import { Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { openStatuses } from '../../../lib/request-statuses.ts'
import { useFormat } from '../../../lib/use-format.ts'
import classes from '../overview.module.css'
import { type Age, ages, countOf, type Open, type OpenStatus, queueSearchOf } from '../overview.ts'
import { Panel } from './panel.tsx'
import { StatusIcon } from './status-look.tsx'

/** Open requests as stacked bars, one for each age; each part leads to its requests. */
export function AgeChart({ open }: { open: readonly Open[] }) {
  const { t } = useTranslation(['overview', 'requests'])
  const rows = ages.map((age) => ({ age, open: open.filter(({ fromDays }) => fromDays === age) }))
  const longest = Math.max(1, ...rows.map((row) => countOf(row.open)))
  if (open.length === 0)
    return (
      <Panel title={t('age.title')}>
        <Text>{t('age.none')}</Text>
      </Panel>
    )
  return (
    <Panel title={t('age.title')} hint={t('age.hint')} corner={<Legend />}>
      <table className={classes.chart} aria-label={t('age.title')}>
        <tbody>
          {rows.map((row) => (
            <AgeRow key={row.age} {...row} longest={longest} />
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function Legend() {
  const { t } = useTranslation('requests')
  return (
    <ul className={classes.legend}>
      {openStatuses.map((status) => (
        <li key={status}>
          <span className={classes.key} data-status={status}>
            <StatusIcon status={status} size={13} />
          </span>
          {t(`status.${status}`)}
        </li>
      ))}
    </ul>
  )
}

function AgeRow({ age, open, longest }: { age: Age; open: readonly Open[]; longest: number }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  return (
    <tr>
      <th scope="row">{t(`age.from${age}`)}</th>
      <td>
        <div className={classes.bar}>
          {openStatuses.map((status) => (
            <Segment key={status} age={age} status={status} open={open} longest={longest} />
          ))}
        </div>
      </td>
      <td>{format.number(countOf(open))}</td>
    </tr>
  )
}

interface SegmentProps {
  age: Age
  status: OpenStatus
  open: readonly Open[]
  longest: number
}

function Segment({ age, status, open, longest }: SegmentProps) {
  const { t } = useTranslation(['overview', 'requests'])
  const format = useFormat()
  const mine = open.filter((each) => each.status === status)
  const count = countOf(mine)
  if (count === 0) return null
  return (
    <Link
      to="/admin/requests"
      search={queueSearchOf(mine, [status], age)}
      className={classes.segment}
      data-status={status}
      style={{ width: `${(count / longest) * 100}%` }}
      aria-label={`${format.number(count)} ${t(`requests:status.${status}`)}, ${t(`age.from${age}`)}`}
    >
      <StatusIcon status={status} size={14} />
      {format.number(count)}
    </Link>
  )
}
