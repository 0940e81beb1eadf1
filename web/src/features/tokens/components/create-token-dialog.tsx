import { TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useWrite } from '../../../lib/use-write.ts'
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
  const queries = useQueryClient()
  const { isBusy, problem, write } = useWrite()
  const [openedAt] = useState(() => new Date())
  const [name, setName] = useState('')
  const [expiry, setExpiry] = useState({ choice: 'longest', day: '' })
  const [scopes, setScopes] = useState<Scope[] | null>(null)
  const [isTried, setIsTried] = useState(false)
  const expiresAt = expiryOf(expiry, openedAt)
  const isLackingScopes = scopes?.length === 0

  async function create(): Promise<void> {
    setIsTried(true)
    if (!name.trim() || expiresAt === undefined || isLackingScopes) return
    const body = { name: name.trim(), expiresAt, scopes }
    let made: NewApiToken | undefined
    const isDone = await write(body, async (headers) => {
      made = (await client.POST('/api-tokens', { body, headers })).data
    })
    if (!isDone || !made) return
    void queries.invalidateQueries({ queryKey: ['get', '/api-tokens'] })
    onMade(made)
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
