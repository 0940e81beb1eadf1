import { Badge, Button, Center, NativeSelect, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { exactFieldText } from '../../../api/field-message.ts'
import { DataTable } from '../../../components/ui/data-table.tsx'
import type { Column } from '../../../components/ui/data-table.types.ts'
import { SoftText } from '../../../components/ui/soft-text.tsx'
import { useFormat } from '../../../lib/use-format.ts'
import type { Outcome, ShownLine } from '../people-import.ts'
import { LineChanges } from './line-changes.tsx'

const colors = { created: 'green', changed: 'blue', unchanged: 'gray', refused: 'red' } as const
const outcomes = ['refused', 'created', 'changed', 'unchanged'] as const

const firstShown = 50
const moreShown = 500

/** What would come of each line, some at a time. */
export function ImportLines({ lines }: { lines: ShownLine[] }) {
  const { t } = useTranslation('people')
  const format = useFormat()
  const [outcome, setOutcome] = useState<Outcome | ''>(
    lines.some((line) => line.outcome === 'refused') ? 'refused' : '',
  )
  const [most, setMost] = useState(firstShown)
  const chosen = outcome === '' ? lines : lines.filter((line) => line.outcome === outcome)
  const countOf = (which: Outcome) => lines.filter((line) => line.outcome === which).length
  const choices = outcomes
    .filter((which) => countOf(which) > 0)
    .map((which) => ({ value: which, label: t(`lines.${which}`, { count: countOf(which) }) }))
  const columns: Column<ShownLine>[] = [
    { id: 'line', header: t('column.line'), isNarrow: true, render: ({ line }) => format.number(line) },
    { id: 'person', header: t('column.person'), isLead: true, render: (line) => <Person line={line} /> },
    { id: 'outcome', header: t('column.outcome'), isNarrow: true, render: (line) => <OutcomeBadge line={line} /> },
    { id: 'detail', header: t('column.detail'), render: (line) => <Detail line={line} /> },
  ]
  const left = chosen.length - most
  return (
    <Stack gap="sm" mt="md">
      <NativeSelect
        label={t('show')}
        maw={260}
        value={outcome}
        onChange={(event) => {
          setOutcome(outcomes.find((which) => which === event.currentTarget.value) ?? '')
          setMost(firstShown)
        }}
        data={[{ value: '', label: t('lines.all', { count: lines.length }) }, ...choices]}
      />
      <DataTable label={t('table')} rows={chosen.slice(0, most)} columns={columns} />
      {left > 0 && (
        <Center>
          <Button variant="default" onClick={() => setMost(most + moreShown)}>
            {t('more', { count: Math.min(left, moreShown) })}
          </Button>
        </Center>
      )}
    </Stack>
  )
}

function Person({ line: { line, person, refused } }: { line: ShownLine }) {
  const { t } = useTranslation('people')
  if (!person) return <SoftText text={refused[0]?.email ?? `${t('column.line')} ${line}`} />
  return (
    <div>
      <Text size="sm" fw={600}>
        {person.name}
      </Text>
      <Text size="xs" c="dimmed">
        <SoftText text={person.email} />
      </Text>
    </div>
  )
}

function OutcomeBadge({ line: { outcome } }: { line: ShownLine }) {
  const { t } = useTranslation('people')
  return (
    <Badge variant="light" color={colors[outcome]}>
      {t(`outcome.${outcome}`)}
    </Badge>
  )
}

const columnsOfFile = ['name', 'email', 'managerEmail', 'department', 'jobTitle', 'state', 'groups'] as const

function Detail({ line: { person, refused } }: { line: ShownLine }) {
  const { t } = useTranslation('people')
  if (person) return <LineChanges person={person} />
  return (
    <>
      {refused.map((one) => {
        const column = columnsOfFile.find((each) => each === one.path)
        const text = exactFieldText(one)
        return (
          <Text key={`${one.path} ${one.code}`} size="sm" className="gh-break">
            {column ? `${t(`field.${column}`)}: ${text}` : text}
          </Text>
        )
      })}
    </>
  )
}
