import '../../../theme/mantine-password.css'
import { Checkbox, NativeSelect, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { toProblem } from '../../../api/problem.ts'
import type { components } from '../../../api/schema.d.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useProblemText } from '../../../lib/use-problem-text.ts'
import type { User, UserState } from '../user-types.ts'
import { ManagerField } from './manager-field.tsx'
import { isComplete, UserFields } from './user-fields.tsx'

const firstStates = ['activated', 'staged'] as const satisfies readonly UserState[]

/** A new user, active at once or staged; who gets no first password is invited to set one. */
export function CreateUserDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('users')
  const [draft, setDraft] = useState({ name: '', email: '', department: '', jobTitle: '' })
  const [manager, setManager] = useState<User['manager']>(null)
  const [password, setPassword] = useState('')
  const [state, setState] = useState<UserState>('activated')
  const [wantsInvitation, setWantsInvitation] = useState(true)
  const isInvited = wantsInvitation && password === ''
  const textOf = useProblemText()
  const [isTried, setIsTried] = useState(false)

  const { isBusy, problem, run } = useCommand({
    send: (body: components['schemas']['CreateUser'], headers) => client.POST('/users', { body, headers }),
    rereads: ['/users'],
    async onDone(user) {
      await tell(user)
      onClose()
    },
  })

  function create(): void {
    setIsTried(true)
    if (!isComplete(draft)) return
    void run({
      name: draft.name.trim(),
      email: draft.email.trim(),
      department: draft.department.trim() || null,
      jobTitle: draft.jobTitle.trim() || null,
      managerId: manager?.id ?? null,
      state,
      ...(password && { password }),
    })
  }

  /** The user is there, whether or not the invitation can be sent: it can be sent again from their page. */
  async function tell({ id, name, email }: User): Promise<void> {
    if (!isInvited) return showToast('success', t('created', { name }))
    try {
      await client.POST('/users/{id}/invitation', { params: { path: { id } } })
      showToast('success', t('createdInvited', { name, email }))
    } catch (error) {
      showToast('failure', `${t('createdNotInvited', { name })} ${textOf(toProblem(error))}`)
    }
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
      <Checkbox
        label={t('invite')}
        description={t('inviteHint')}
        checked={isInvited}
        disabled={password !== ''}
        onChange={(event) => setWantsInvitation(event.currentTarget.checked)}
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
