import { Box, Button, Checkbox, Fieldset, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dayOf, lastDay } from '../../../lib/day.ts'
import { statuses } from '../../../lib/request-statuses.ts'
import { approvalTypes, defaultFilters, noFilters, periods, type QueueFilters, withFilters } from '../queue-search.ts'
import { FilterPickers } from './filter-pickers.tsx'
import classes from './queue.module.css'
import { RequesterField } from './requester-field.tsx'

interface FilterPanelProps {
  filters: QueueFilters
  onApply: (filters: QueueFilters) => void
}

/** Filters that are the default leave no trace in the address. */
function isDefault(filters: QueueFilters): boolean {
  return Object.values(withFilters({}, filters)).every((value) => value === undefined)
}

/** The filters as a form: nothing changes in the list before Apply. */
export function FilterPanel({ filters, onApply }: FilterPanelProps) {
  const { t } = useTranslation('requests')
  const [draft, setDraft] = useState(filters)
  const [error, setError] = useState<string>()

  function apply(event: FormEvent): void {
    event.preventDefault()
    if ([draft.from, draft.to].some((day) => day && !dayOf(day))) return setError(t('filters.day'))
    if (draft.from && draft.to && draft.from > draft.to) return setError(t('filters.order'))
    onApply({ ...draft, department: draft.department.trim() })
  }

  const day = (end: 'from' | 'to') => (
    <TextInput
      type="date"
      max={lastDay}
      label={t(`filters.${end}`)}
      value={draft[end]}
      error={end === 'to' ? error : undefined}
      onChange={(event) => {
        setError(undefined)
        setDraft({ ...draft, [end]: event.currentTarget.value })
      }}
    />
  )

  return (
    <form onSubmit={apply}>
      <Box className={classes.fields}>
        <Stack gap="sm">
          <Fieldset legend={t('filters.date')} variant="unstyled" fz="sm" fw={500}>
            <NativeSelect
              label={t('filters.period.label')}
              value={draft.period}
              data={['' as const, ...periods].map((each) => ({
                value: each,
                label: t(`filters.period.${each || 'custom'}`),
              }))}
              onChange={({ currentTarget: { value } }) =>
                setDraft({ ...draft, from: '', to: '', period: periods.find((each) => each === value) ?? '' })
              }
            />
            {draft.period === '' && (
              <Group grow align="flex-start" gap="xs" mt="xs">
                {day('from')}
                {day('to')}
              </Group>
            )}
          </Fieldset>
          <RequesterField value={draft.requester} onChange={(requester) => setDraft({ ...draft, requester })} />
          <FilterPickers filters={draft} onChange={setDraft} />
        </Stack>
        <Stack gap="sm">
          <Checkbox.Group
            label={t('filters.approvalType')}
            value={draft.approvalType}
            onChange={(values) =>
              setDraft({ ...draft, approvalType: approvalTypes.filter((each) => values.includes(each)) })
            }
          >
            <Group mt={6}>
              {approvalTypes.map((each) => (
                <Checkbox key={each} size="sm" value={each} label={t(`approvalType.${each}`)} />
              ))}
            </Group>
          </Checkbox.Group>
          <Checkbox.Group
            label={t('filters.status')}
            value={draft.status}
            onChange={(values) => setDraft({ ...draft, status: statuses.filter((each) => values.includes(each)) })}
          >
            <Box mt={6} className={classes.choices}>
              {statuses.map((each) => (
                <Checkbox key={each} size="sm" value={each} label={t(`status.${each}`)} />
              ))}
            </Box>
          </Checkbox.Group>
        </Stack>
      </Box>
      <Group gap={4} className={classes.apply}>
        <Button variant="subtle" px="xs" ml={-10} onClick={() => onApply(noFilters)}>
          {t('filters.clearAll')}
        </Button>
        {!isDefault(draft) && (
          <Button variant="subtle" px="xs" onClick={() => onApply(defaultFilters)}>
            {t('filters.reset')}
          </Button>
        )}
        <Button type="submit" ml="auto">
          {t('filters.apply')}
        </Button>
      </Group>
    </form>
  )
}
