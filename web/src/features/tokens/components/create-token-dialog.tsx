import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import type { components } from '../../../api/schema.d.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useForm } from '../../../lib/use-form.ts'
import { type ExpiryChoice, expiryOf } from '../token-expiry.ts'
import { type NewApiToken, type Scope, scopesFor } from '../token-types.ts'
import { ExpiryField } from './expiry-field.tsx'
import { ScopesField } from './scopes-field.tsx'

interface CreateTokenDialogProps {
  isAdministrator: boolean
  onMade: (made: NewApiToken) => void
  onClose: () => void
}

interface Draft {
  name: string
  expiresAt: ExpiryChoice
  /** Null: everything its user may do. */
  scopes: Scope[] | null
}

/** Name, end and scopes of a new token. */
export function CreateTokenDialog({ isAdministrator, onMade, onClose }: CreateTokenDialogProps) {
  const { t } = useTranslation(['tokens', 'common'])
  const [openedAt] = useState(() => new Date())
  const { isBusy, problem, run } = useCommand({
    send: (body: components['schemas']['ApiTokenInput'], headers) => client.POST('/api-tokens', { body, headers }),
    rereads: ['/api-tokens'],
    onDone: onMade,
  })

  const { field, submit } = useForm<Draft>({
    initial: { name: '', expiresAt: { choice: 'longest', day: '' }, scopes: null },
    check: ({ name, expiresAt, scopes }) => ({
      name: name.trim() ? undefined : t('common:required'),
      expiresAt: expiryOf(expiresAt, openedAt) === undefined ? t('field.dateWrong') : undefined,
      scopes: scopes?.length === 0 ? t('field.none') : undefined,
    }),
    problem,
  })

  const create = ({ name, expiresAt, scopes }: Draft) =>
    run({ name: name.trim(), expiresAt: expiryOf(expiresAt, openedAt), scopes })

  return (
    <DialogFrame title={t('create')} isBusy={isBusy} onSubmit={() => submit(create)} onClose={onClose}>
      <TextInput
        label={t('field.name')}
        description={t('field.nameHint')}
        required
        maxLength={120}
        data-autofocus
        {...field('name')}
      />
      <ExpiryField {...field('expiresAt')} />
      <ScopesField offered={scopesFor(isAdministrator)} {...field('scopes')} />
      <ProblemAlert problem={problem} fields={['name', 'expiresAt']} />
    </DialogFrame>
  )
}
