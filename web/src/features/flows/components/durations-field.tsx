import { Button, Checkbox, Group, Input, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type DurationUnit, durationUnits, presetDurations, roughSeconds, toDuration } from '../../../lib/duration.ts'
import { useFormat } from '../../../lib/use-format.ts'
import { longestList } from '../flow-draft.ts'
import { isTooLong } from '../flow-problems.ts'
import classes from '../flows.module.css'

interface DurationsFieldProps {
  value: string[]
  onChange: (durations: string[]) => void
  errorOf: (index: number) => string | undefined
}

const byLength = (a: string, b: string) => roughSeconds(a) - roughSeconds(b)

/** How long access may be asked for: the presets, and own ones; none of them means access without an end. */
export function DurationsField({ value, onChange, errorOf }: DurationsFieldProps) {
  const { t } = useTranslation('flows')
  const format = useFormat()
  const [offered, setOffered] = useState(() => [...new Set([...presetDurations, ...value])].sort(byLength))
  const refused = value.map((_, index) => errorOf(index)).find(Boolean)

  function add(duration: string): void {
    setOffered([...new Set([...offered, duration])].sort(byLength))
    onChange([...new Set([...value, duration])].sort(byLength))
  }

  return (
    <Input.Wrapper
      component="fieldset"
      labelElement="div"
      aria-label={t('durations.label')}
      className={classes.bare}
      label={t('durations.label')}
      description={value.length === 0 ? t('durations.none') : t('durations.some')}
      error={refused}
    >
      <div className={classes.choices} style={{ marginBlock: 10 }}>
        {offered.map((duration) => (
          <Checkbox
            key={duration}
            label={format.duration(duration)}
            checked={value.includes(duration)}
            onChange={(event) =>
              event.currentTarget.checked ? add(duration) : onChange(value.filter((each) => each !== duration))
            }
          />
        ))}
      </div>
      <OwnDuration isFull={value.length >= longestList} onAdd={add} />
    </Input.Wrapper>
  )
}

function OwnDuration({ isFull, onAdd }: { isFull: boolean; onAdd: (duration: string) => void }) {
  const { t } = useTranslation('flows')
  const [amount, setAmount] = useState('')
  const [unit, setUnit] = useState<DurationUnit>('days')
  const [error, setError] = useState<string>()

  function submit(): void {
    const duration = toDuration(amount, unit)
    const wrong = isFull
      ? t('durations.full')
      : !duration
        ? t('durations.amountWrong')
        : isTooLong(duration)
          ? t('durations.tooLong')
          : undefined
    setError(wrong)
    if (wrong) return
    onAdd(duration)
    setAmount('')
  }

  return (
    <Group align="flex-start" gap="xs">
      <TextInput
        w={130}
        inputMode="numeric"
        aria-label={t('durations.amount')}
        placeholder={t('durations.amount')}
        value={amount}
        error={error}
        onChange={(event) => setAmount(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          submit()
        }}
      />
      <NativeSelect
        aria-label={t('durations.unit')}
        data={durationUnits.map((each) => ({ value: each, label: t(`durations.${each}`) }))}
        value={unit}
        onChange={(event) => setUnit(durationUnits.find((each) => each === event.currentTarget.value) ?? 'days')}
      />
      <Button variant="default" onClick={submit}>
        {t('durations.add')}
      </Button>
    </Group>
  )
}
