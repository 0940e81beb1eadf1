import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type NumberField, numberFields } from '../settings-switches.ts'
import type { SettingsEditor } from '../use-settings-editor.ts'

/** A whole number. */
export function NumberSetting({ editor, field }: { editor: SettingsEditor; field: NumberField }) {
  const { t } = useTranslation('settings')
  const { numberIn, isNumberWrong, change, problem } = editor
  return (
    <TextInput
      label={t(field)}
      description={t(`${field}Hint`)}
      inputMode="numeric"
      required={!numberFields[field].mayBeEmpty}
      maw={320}
      value={numberIn(field)}
      error={isNumberWrong(field) ? t(`${field}Wrong`) : problem?.fieldMessage(field)}
      onChange={(event) => {
        const written = event.currentTarget.value
        change((others) => ({ ...others, numbers: { ...others.numbers, [field]: written } }))
      }}
    />
  )
}
