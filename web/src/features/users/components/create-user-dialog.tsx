import { Checkbox, NativeSelect, PasswordInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { toProblem } from '../../../api/problem.ts'
import type { components } from '../../../api/schema.d.ts'
import type { MakerProps } from '../../../components/making/makers.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useForm } from '../../../lib/use-form.ts'
import { useProblemText } from '../../../lib/use-problem-text.ts'
import type { User, UserState } from '../user-types.ts'
import { ManagerField } from './manager-field.tsx'
import { inputOf, UserFields, useUserCheck } from './user-fields.tsx'

const firstStates = ['activated', 'staged'] as const satisfies readonly UserState[]

const emptyDraft = {
  name: '',
  email: '',
  department: '',
  jobTitle: '',
  manager: null as User['manager'],
  password: '',
  state: 'activated' as UserState,
  wantsInvitation: true,
}

const isAddress = (text: string) => text.includes('@')

/** A new user, active at once or staged; who gets no first password is invited to set one. `name` may be an address as well. */
export function CreateUserDialog({ name: begun, onMade, onClose }: MakerProps) {
  const { t } = useTranslation('users')
  const textOf = useProblemText()
  const { isBusy, problem, run } = useCommand({
    send: (body: components['schemas']['CreateUser'], headers) => client.POST('/users', { body, headers }),
    rereads: ['/users'],
    async onDone(user) {
      await tell(user)
      onMade(user)
      onClose()
    },
  })
  const { field, values, submit } = useForm({
    initial: { ...emptyDraft, [isAddress(begun) ? 'email' : 'name']: begun },
    check: useUserCheck(),
    problem,
  })
  const isInvited = values.wantsInvitation && values.password === ''

  const create = ({ manager, state, password, ...texts }: typeof emptyDraft) =>
    run({ ...inputOf(texts), managerId: manager?.id ?? null, state, ...(password && { password }) })

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
    <DialogFrame title={t('create')} isBusy={isBusy} onSubmit={() => submit(create)} onClose={onClose}>
      <UserFields field={field} problem={problem} firstField={begun && !isAddress(begun) ? 'email' : 'name'} />
      <ManagerField {...field('manager')} error={problem?.fieldMessage('managerId')} />
      <PasswordInput
        label={t('password')}
        description={t('passwordHint')}
        autoComplete="new-password"
        {...field('password')}
        visibilityToggleButtonProps={{ style: { display: 'none' } }}
      />
      <Checkbox
        label={t('invite')}
        description={t('inviteHint')}
        checked={isInvited}
        disabled={values.password !== ''}
        onChange={field('wantsInvitation').onChange}
      />
      <NativeSelect
        label={t('column.state')}
        {...field('state')}
        data={firstStates.map((each) => ({ value: each, label: t(`state.${each}`) }))}
      />
      <ProblemAlert problem={problem} fields={['name', 'email', 'department', 'jobTitle', 'managerId', 'password']} />
    </DialogFrame>
  )
}
