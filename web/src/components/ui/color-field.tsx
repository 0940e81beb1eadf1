import { Input } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './color-field.module.css'
import { Icon } from './icon.tsx'

const palette = {
  indigo: '#364fc7',
  teal: '#0b5f74',
  green: '#0b6b4f',
  brown: '#8f3e00',
  red: '#a61e4d',
  purple: '#862e9c',
  violet: '#5f3dc4',
  grey: '#495057',
} as const

interface ColorFieldProps {
  value: string | null
  onChange: (color: string | null) => void
  error?: string | undefined
}

/** None (chosen by the name), one of the palette, or any other. */
export function ColorField({ value, onChange, error }: ColorFieldProps) {
  const { t } = useTranslation()
  const names = Object.keys(palette) as (keyof typeof palette)[]
  const isOwn = value !== null && !Object.values<string>(palette).includes(value)
  return (
    <Input.Wrapper
      component="fieldset"
      labelElement="div"
      aria-label={t('color.label')}
      label={t('color.label')}
      error={error}
      className={classes.frame}
    >
      <div className={classes.choices}>
        <label className={`${classes.swatch} ${classes.own}`} title={t('color.none')}>
          <input
            type="radio"
            name="color"
            aria-label={t('color.none')}
            checked={value === null}
            onChange={() => onChange(null)}
          />
          <Icon name="bolt" size={16} />
        </label>
        {names.map((name) => (
          <label key={name} className={classes.swatch} style={{ background: palette[name] }} title={t(`color.${name}`)}>
            <input
              type="radio"
              name="color"
              aria-label={t(`color.${name}`)}
              checked={value === palette[name]}
              onChange={() => onChange(palette[name])}
            />
            {value === palette[name] && <Icon name="check" size={16} />}
          </label>
        ))}
        <label
          className={`${classes.swatch} ${classes.own}`}
          data-chosen={isOwn}
          style={isOwn ? { background: value, color: '#fff' } : undefined}
          title={t('color.own')}
        >
          <input
            type="color"
            aria-label={t('color.own')}
            value={value ?? '#364fc7'}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
          <Icon name="pencil" size={16} />
        </label>
      </div>
    </Input.Wrapper>
  )
}
