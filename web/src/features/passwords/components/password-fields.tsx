import '../../../theme/mantine-password.css'
import { Button, PasswordInput, Stack } from '@mantine/core'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { focusFirstWrong } from '../../../lib/focus-first-wrong.ts'
import { useCommand } from '../../../lib/use-command.ts'

interface PasswordFieldsProps<Field extends string> {
  /** In their order, by their names in the API. */
  fields: readonly Field[]
  labelOf: (field: Field) => string
  isNew: (field: Field) => boolean
  submitLabel: string
  /** Told what is in the fields, none of them empty. */
  send: (values: Record<Field, string>) => Promise<{ response: Response }>
  onDone: () => void
  /** Stands below the button. */
  children?: ReactNode
}

/** A form of passwords only. Says at each field what is wrong with it. */
export function PasswordFields<Field extends string>(props: PasswordFieldsProps<Field>) {
  const { fields, labelOf, isNew, submitLabel, send, onDone, children } = props
  const { t } = useTranslation(['passwords', 'common'])
  const [values, setValues] = useState<Partial<Record<Field, string>>>({})
  const [isTried, setIsTried] = useState(false)
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])

  const { isBusy, problem, run } = useCommand({ send, onDone })

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (isBusy) return
    setIsTried(true)
    focusFirstWrong(event.currentTarget as Element)
    if (fields.every((field) => values[field])) void run(values as Record<Field, string>)
  }

  const errorOf = (field: Field) => (isTried && !values[field] ? t('common:required') : problem?.fieldMessage(field))
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <ProblemAlert problem={problem} fields={fields} />
        {fields.map((field, index) => (
          <PasswordInput
            key={field}
            ref={index === 0 ? first : undefined}
            label={labelOf(field)}
            description={isNew(field) ? t('hint') : undefined}
            autoComplete={isNew(field) ? 'new-password' : 'current-password'}
            required
            withAsterisk={false}
            maxLength={200}
            value={values[field] ?? ''}
            onChange={(event) => setValues({ ...values, [field]: event.currentTarget.value })}
            aria-invalid={errorOf(field) !== undefined}
            error={errorOf(field)}
            visibilityToggleButtonProps={{ style: { display: 'none' } }}
          />
        ))}
        <Button type="submit" loading={isBusy} fullWidth>
          {submitLabel}
        </Button>
        {children}
      </Stack>
    </form>
  )
}
