import { NativeSelect, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../../../components/ui/data-table.tsx'
import { AnchorLink } from '../../../components/ui/link.tsx'
import { useFormat } from '../../../lib/use-format.ts'
import classes from '../overview.module.css'
import { type Overview, periods, type Spans } from '../overview.ts'
import { useSpan } from '../use-span.ts'
import { Panel } from './panel.tsx'

interface DecisionTimesProps {
  times: Overview['timeToDecision']
  days: string
  onDays: (days: string) => void
}

/** From asking to the decision: what is usual, and what nine of ten requests stay below. */
export function DecisionTimes({ times, days, onDays }: DecisionTimesProps) {
  const { t } = useTranslation('overview')
  const span = useSpan()
  const format = useFormat()
  const { decisions, medianSeconds, p90Seconds, flows } = times
  const longest = Math.max(1, ...flows.map((flow) => flow.p90Seconds ?? 0))
  const words = (seconds: number | null) => (seconds === null ? '' : span(seconds))
  return (
    <Panel
      title={t('times.title')}
      hint={
        decisions > 0
          ? t('times.all', { count: decisions, median: words(medianSeconds), p90: words(p90Seconds) })
          : undefined
      }
      corner={
        <NativeSelect
          size="xs"
          aria-label={t('times.period')}
          value={days}
          onChange={(event) => onDays(event.currentTarget.value)}
          data={periods.map((each) => ({ value: each, label: t('times.last', { count: Number(each) }) }))}
        />
      }
    >
      {decisions === 0 ? (
        <Text>{t('times.none')}</Text>
      ) : (
        <DataTable
          label={t('times.title')}
          rows={flows}
          columns={[
            {
              id: 'flow',
              header: t('times.flow'),
              isLead: true,
              render: (flow) => <FlowCell flow={flow} longest={longest} />,
            },
            { id: 'median', header: t('times.median'), isNarrow: true, render: (flow) => words(flow.medianSeconds) },
            { id: 'p90', header: t('times.p90'), isNarrow: true, render: (flow) => words(flow.p90Seconds) },
            {
              id: 'decisions',
              header: t('times.decisions'),
              isNarrow: true,
              render: (flow) => format.number(flow.decisions),
            },
          ]}
        />
      )}
    </Panel>
  )
}

/** The flow's decided requests are one click away. */
function FlowCell({ flow, longest }: { flow: Overview['timeToDecision']['flows'][number]; longest: number }) {
  return (
    <Stack gap={4} className={classes.flow}>
      <AnchorLink
        to="/admin/requests"
        search={{ queue: flow.queue, status: 'approved,denied', q: flow.name }}
        inherit
        fw={600}
        className="gh-break"
      >
        {flow.name}
      </AnchorLink>
      <SpanBar flow={flow} longest={longest} />
    </Stack>
  )
}

/** Up to the median in full colour, from there to p90 pale. The numbers stand beside it. */
function SpanBar({ flow: { medianSeconds, p90Seconds }, longest }: { flow: Spans; longest: number }) {
  const width = (seconds: number | null) => ({ width: `${((seconds ?? 0) / longest) * 100}%` })
  return (
    <span className={classes.span} aria-hidden="true">
      <span className={classes.p90} style={width(p90Seconds)} />
      <span className={classes.median} style={width(medianSeconds)} />
    </span>
  )
}
