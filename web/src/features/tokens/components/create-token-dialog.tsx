import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import type { components } from '../../../api/schema.d.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { expiryOf } from '../token-expiry.ts'
import { type NewApiToken, type Scope, scopesFor } from '../token-types.ts'
import { ExpiryField } from './expiry-field.tsx'
import { ScopesField } from './scopes-field.tsx'

interface CreateTokenDialogProps {
  isAdministrator: boolean
  onMade: (made: NewApiToken) => void
  onClose: () => void
}

/** Name, end and scopes of a new token. */
export function CreateTokenDialog({ isAdministrator, onMade, onClose }: CreateTokenDialogProps) {
  const { t } = useTranslation(['tokens', 'common'])
  const [openedAt] = useState(() => new Date())
  const [name, setName] = useState('')
  const [expiry, setExpiry] = useState({ choice: 'longest', day: '' })
  const [scopes, setScopes] = useState<Scope[] | null>(null)
  const [isTried, setIsTried] = useState(false)
  const expiresAt = expiryOf(expiry, openedAt)
  const isLackingScopes = scopes?.length === 0

  const { isBusy, problem, run } = useCommand({
    send: (body: components['schemas']['ApiTokenInput'], headers) => client.POST('/api-tokens', { body, headers }),
    rereads: ['/api-tokens'],
    onDone: onMade,
  })

  function create(): void {
    setIsTried(true)
    if (!name.trim() || expiresAt === undefined || isLackingScopes) return
    void run({ name: name.trim(), expiresAt, scopes })
  }

  return (
    <DialogFrame title={t('create')} isBusy={isBusy} onSubmit={create} onClose={onClose}>
      <TextInput
        label={t('field.name')}
        description={t('field.nameHint')}
        required
        maxLength={120}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={isTried && !name.trim() ? t('common:required') : problem?.fieldMessage('name')}
      />
      <ExpiryField
        value={expiry}
        onChange={setExpiry}
        isWrong={isTried && expiresAt === undefined}
        error={problem?.fieldMessage('expiresAt')}
      />
      <ScopesField
        offered={scopesFor(isAdministrator)}
        value={scopes}
        onChange={setScopes}
        isLacking={isTried && isLackingScopes}
      />
      <ProblemAlert problem={problem} fields={['name', 'expiresAt']} />
    </DialogFrame>
  )
}
