import { TextInput } from '@mantine/core'
import { Suspense } from 'react'
import { lazy } from '../../../lib/lazy.ts'
import type { PickerProps } from './directory-picker.tsx'

const DirectoryPicker = lazy(async () => (await import('./directory-picker.tsx')).DirectoryPicker)

/** A type-ahead field for a user or user group; an empty one stands in its place until it is loaded. */
export function Picker(props: PickerProps) {
  const { label, description, placeholder, required } = props
  return (
    <Suspense fallback={<TextInput {...{ label, description, placeholder, required }} readOnly />}>
      <DirectoryPicker {...props} />
    </Suspense>
  )
}
