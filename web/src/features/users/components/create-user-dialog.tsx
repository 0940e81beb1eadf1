import '../../../theme/mantine-password.css'
import { NativeSelect, PasswordInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useWrite } from '../../../lib/use-write.ts'
import type { User, UserState } from '../user-types.ts'
import { ManagerField } from './manager-field.tsx'
import { isComplete, UserFields } from './user-fields.tsx'

const firstStates = ['activated', 'staged'] as const satisfies readonly UserState[]

/** A new user, active at once or staged. */
export function CreateUserDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('users')
  const queries = useQueryClient()
  const { isBusy, problem, write } = useWrite()
  const [draft, setDraft] = useState({ name: '', email: '', department: '', jobTitle: '' })
  const [manager, setManager] = useState<User['manager']>(null)
  const [password, setPassword] = useState('')
  const [state, setState] = useState<UserState>('activated')
  const [isTried, setIsTried] = useState(false)

  async function create(): Promise<void> {
    setIsTried(true)
    if (!isComplete(draft)) return
    const body = {
      name: draft.name.trim(),
      email: draft.email.trim(),
      department: draft.department.trim() || null,
      jobTitle: draft.jobTitle.trim() || null,
      managerId: manager?.id ?? null,
      state,
      ...(password && { password }),
    }
    const isDone = await write(body, async (headers) => {
      await client.POST('/users', { body, headers })
    })
    if (!isDone) return
    showToast('success', t('created', { name: body.name }))
    void queries.invalidateQueries({ queryKey: ['get', '/users'] })
    onClose()
  }

  return (
    <DialogFrame title={t('create')} isBusy={isBusy} onSubmit={create} onClose={onClose}>
      <UserFields value={draft} onChange={setDraft} problem={problem} isTried={isTried} />
      <ManagerField value={manager} onChange={setManager} error={problem?.fieldMessage('managerId')} />
      <PasswordInput
        label={t('password')}
        description={t('passwordHint')}
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={problem?.fieldMessage('password')}
        visibilityToggleButtonProps={{ style: { display: 'none' } }}
      />
      <NativeSelect
        label={t('column.state')}
        value={state}
        onChange={(event) => setState(firstStates.find((each) => each === event.currentTarget.value) ?? 'activated')}
        data={firstStates.map((each) => ({ value: each, label: t(`state.${each}`) }))}
      />
      <ProblemAlert problem={problem} fields={['name', 'email', 'department', 'jobTitle', 'managerId', 'password']} />
    </DialogFrame>
  )
}
