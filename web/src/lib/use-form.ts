import { type GetInputPropsReturnType, useForm as useMantineForm } from '@mantine/form'
import { useRef } from 'react'
import type { ApiProblem } from '../api/problem.ts'
import { type Draft, type DraftOptions, useDraft } from './use-draft.ts'

interface FormOptions<Values> {
  initial: Values
  /** What is wrong with the fields as they are, in the reader's words; empty when they can be sent. */
  check: (values: Values) => { [Path in string]?: string | undefined }
  /** Why the service refused what was sent; each field shows its part. */
  problem: ApiProblem | undefined
  onChange?: () => void
  /** What is typed is kept, until it is sent: `draft.forget()`. Never for a form with a secret in it. */
  draft?: DraftOptions<Values>
}

export interface FieldProps {
  value: GetInputPropsReturnType['value']
  /** Takes an event of an input as well as a value. */
  onChange: GetInputPropsReturnType['onChange']
  error: string | undefined
}

/** Gives what a field needs to take part: `<TextInput {...field('name')} />`. */
export type FieldOf<Path extends string> = (path: Path) => FieldProps

export interface Form<Values> {
  values: Values
  field: FieldOf<keyof Values & string>
  /** What is wrong with a field, also with one inside a list: `approvers.0.userId`. */
  errorOf: (path: string) => string | undefined
  change: (part: Partial<Values>) => void
  /** Hands the values on when nothing is wrong with them. From the first try on, fields say what is wrong. */
  submit: (send: (values: Values) => unknown) => void
  /** As it was at first, and not tried yet. */
  reset: () => void
  /** For the frame around the form, which says that it was restored. */
  draft: Draft
}

/** The fields of a form, what is wrong with them, and sending them. The frame around it leads to the first wrong one. */
export function useForm<Values extends object>({
  initial,
  check,
  problem,
  onChange,
  draft: draftOptions,
}: FormOptions<Values>): Form<Values> {
  const isTried = useRef(false)
  const { values: begun, initial: first, isRestored, keep, forget } = useDraft(initial, draftOptions)
  const wrongOf = (values: Values) =>
    Object.fromEntries(Object.entries(check(values)).filter(([, message]) => message !== undefined))
  const form = useMantineForm<Values>({
    initialValues: begun,
    validate: wrongOf,
    clearInputErrorOnChange: false,
    onValuesChange(values) {
      if (isTried.current) form.setErrors(wrongOf(values))
      keep(values)
      onChange?.()
    },
  })
  const errorOf = (path: string) => (form.errors[path] as string | undefined) ?? problem?.fieldMessage(path)

  function reset(): void {
    isTried.current = false
    form.reset()
  }

  return {
    values: form.values,
    errorOf,
    field(path) {
      const { value, onChange: set } = form.getInputProps(path, { withFocus: false })
      return { value, onChange: set, error: errorOf(path) }
    },
    change: (part) => form.setValues(part as Parameters<typeof form.setValues>[0]),
    submit(send) {
      isTried.current = true
      form.onSubmit((values) => void send(values))()
    },
    reset,
    draft: {
      isRestored,
      forget,
      discard() {
        form.setInitialValues(first)
        reset()
        forget()
      },
    },
  }
}
