import { TextInput } from '@mantine/core'
import { type ReactNode, Suspense } from 'react'
import { late } from '../../../lib/late.ts'

export interface PickerProps {
  of: 'users' | 'groups'
  label: string
  description?: ReactNode
  placeholder: string
  value: string | null
  onChange: (id: string | null) => void
  /** Cannot be picked here: they are named already. */
  exceptIds?: readonly string[]
  /** What is picked goes elsewhere, and the field is empty again. */
  isAdding?: boolean
  error?: string | undefined
  required?: boolean
}

const DirectoryPicker = late(async () => (await import('./directory-picker.tsx')).DirectoryPicker)

/** A type-ahead field for a user or user group; an empty one stands in its place until it is loaded. */
export function Picker(props: PickerProps) {
  const { label, description, placeholder, required } = props
  return (
    <Suspense fallback={<TextInput {...{ label, description, placeholder, required }} readOnly />}>
      <DirectoryPicker {...props} />
    </Suspense>
  )
}
