import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { isColor } from '../application-types.ts'

interface ColorFieldProps {
  value: string
  onChange: (color: string) => void
  error: string | undefined
}

const swatch = { width: 26, height: 26, padding: 0, border: 0, background: 'none', cursor: 'pointer' }
const unset = '#868e96'

/** A colour as text, or picked with the browser's own palette. */
export function ColorField({ value, onChange, error }: ColorFieldProps) {
  const { t } = useTranslation('applications')
  return (
    <TextInput
      label={t('field.color')}
      description={t('field.colorHint')}
      placeholder="#3b82f6"
      maxLength={7}
      styles={{ wrapper: { maxWidth: 260 } }}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      rightSectionWidth={42}
      rightSection={
        <input
          type="color"
          aria-label={t('field.colorPick')}
          style={swatch}
          value={isColor(value) ? value : unset}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      }
    />
  )
}
