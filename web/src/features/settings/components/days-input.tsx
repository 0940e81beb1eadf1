import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type DayField, dayFields } from '../settings-switches.ts'
import type { SettingsEditor } from '../use-settings-editor.ts'

/** A number of days. */
export function DaysInput({ editor, field }: { editor: SettingsEditor; field: DayField }) {
  const { t } = useTranslation('settings')
  const { daysIn, areDaysWrong, change, problem } = editor
  return (
    <TextInput
      label={t(field)}
      description={t(`${field}Hint`)}
      inputMode="numeric"
      required={!dayFields[field].mayBeEmpty}
      maw={320}
      value={daysIn(field)}
      error={areDaysWrong(field) ? t(`${field}Wrong`) : problem?.fieldMessage(field)}
      onChange={(event) => {
        const written = event.currentTarget.value
        change((others) => ({ ...others, days: { ...others.days, [field]: written } }))
      }}
    />
  )
}
