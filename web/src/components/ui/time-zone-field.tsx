import { NativeSelect, type NativeSelectProps } from '@mantine/core'

interface TimeZoneFieldProps extends Pick<NativeSelectProps, 'label' | 'description' | 'error'> {
  value: string
  onChange: (name: string) => void
  /** What no choice is called, where none has to be made. */
  none?: string
}

/** One of the time zones that the browser knows. */
export function TimeZoneField({ value, onChange, none, ...field }: TimeZoneFieldProps) {
  const known = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')]
  const names = value === '' || known.includes(value) ? known : [value, ...known]
  return (
    <NativeSelect
      {...field}
      maw={320}
      value={value}
      data={[...(none === undefined ? [] : [{ value: '', label: none }]), ...names]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
