import { Group, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type DurationUnit, durationUnits, partsOf, toDuration, unitOf } from '../../lib/duration.ts'
import { useFormat } from '../../lib/use-format.ts'

interface DurationFieldProps {
  label: string
  description?: string | undefined
  /** ISO-8601 durations to choose from. */
  options: readonly string[]
  /** The chosen duration; empty while a custom one is not complete. */
  value: string
  onChange: (duration: string) => void
  /** Words of an option, when it is not just its length. */
  wordsOf?: (duration: string) => string
  canCustomise?: boolean
  error?: string | undefined
}

const custom = 'custom'

/** One of the offered durations, or an own one of minutes, hours or days. */
export function DurationField({
  label,
  description,
  options,
  value,
  onChange,
  wordsOf,
  canCustomise = false,
  error,
}: DurationFieldProps) {
  const { t } = useTranslation('requests')
  const format = useFormat()
  const own = canCustomise && !options.includes(value) ? partsOf(value) : undefined
  const [isCustom, setIsCustom] = useState(own !== undefined)
  const [amount, setAmount] = useState(own?.amount ?? '')
  const [unit, setUnit] = useState<DurationUnit>(own?.unit ?? unitOf(options[0]))

  function choose(choice: string): void {
    setIsCustom(choice === custom)
    onChange(choice === custom ? toDuration(amount, unit) : choice)
  }

  function customise(nextAmount: string, nextUnit: DurationUnit): void {
    setAmount(nextAmount)
    setUnit(nextUnit)
    onChange(toDuration(nextAmount, nextUnit))
  }

  const words = wordsOf ?? format.duration
  const data = [
    ...options.map((option) => ({ value: option, label: words(option) })),
    ...(canCustomise ? [{ value: custom, label: t('duration.custom') }] : []),
  ]
  return (
    <>
      <NativeSelect
        label={label}
        description={description}
        data={data}
        value={isCustom ? custom : value}
        error={isCustom ? undefined : error}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {isCustom && (
        <Group grow align="flex-start">
          <TextInput
            label={t('duration.amount')}
            inputMode="numeric"
            value={amount}
            error={error}
            onChange={(event) => customise(event.currentTarget.value, unit)}
          />
          <NativeSelect
            label={t('duration.unitLabel')}
            data={durationUnits.map((each) => ({ value: each, label: t(`duration.unit.${each}`) }))}
            value={unit}
            onChange={(event) => customise(amount, event.currentTarget.value as DurationUnit)}
          />
        </Group>
      )}
    </>
  )
}
