import { Button, PasswordInput, Stack } from '@mantine/core'
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { focusFirstWrong } from '../../../lib/focus-first-wrong.ts'
import { useCommand } from '../../../lib/use-command.ts'
import { useForm } from '../../../lib/use-form.ts'

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
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])

  const { isBusy, problem, run } = useCommand({ send, onDone })
  const form = useForm({
    initial: Object.fromEntries(fields.map((field) => [field, ''])) as Record<Field, string>,
    check: (values) =>
      Object.fromEntries(fields.map((field) => [field, values[field] ? undefined : t('common:required')])),
    problem,
  })

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (isBusy) return
    form.submit(run)
    focusFirstWrong(event.currentTarget as Element)
  }

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
            {...form.field(field)}
            aria-invalid={form.errorOf(field) !== undefined}
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
