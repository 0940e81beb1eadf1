import { Stack } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { ButtonLink } from '../../../components/ui/link.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { SaveForm } from '../../../components/ui/save-form.tsx'
import { useSavedForm } from '../../../lib/use-saved-form.ts'
import type { User, UserDetails } from '../user-types.ts'
import { ManagerField } from './manager-field.tsx'
import { inputOf, UserFields, useUserCheck } from './user-fields.tsx'

interface EmploymentFormProps {
  user: UserDetails
  isManagerFocused: boolean
  /** Request that waits for what is filled in here. */
  requestId: string | undefined
}

const draftOf = (user: User) => ({
  name: user.name,
  email: user.email,
  department: user.department ?? '',
  jobTitle: user.jobTitle ?? '',
  manager: user.manager,
})

/** Details > Employment Information. */
export function EmploymentForm({ user, isManagerFocused, requestId }: EmploymentFormProps) {
  const { t } = useTranslation('users')
  const { field, values, change, problem, isSaved, frame } = useSavedForm({
    initial: draftOf(user),
    saved: user,
    bodyOf: ({ manager, ...texts }) => ({ ...inputOf(texts), managerId: manager?.id ?? null }),
    check: useUserCheck(),
    send: (body) => client.PATCH('/users/{id}', { params: { path: { id: user.id } }, body }),
    rereads: ['/users', '/users/{id}'],
    onSaved(data) {
      // What others have changed meanwhile is seen from here on.
      change(draftOf(data))
      return data
    },
  })
  const managerRef = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (isManagerFocused) managerRef.current?.focus()
  }, [isManagerFocused])

  return (
    <SaveForm
      title={t('employment.title')}
      {...frame}
      saved={isSaved && <Saved requestId={values.manager ? requestId : undefined} />}
    >
      <UserFields field={field} problem={problem} />
      <ManagerField
        {...field('manager')}
        exceptId={user.id}
        fieldRef={managerRef}
        error={problem?.fieldMessage('managerId')}
      />
      <ProblemAlert problem={problem} fields={['name', 'email', 'department', 'jobTitle', 'managerId']} />
    </SaveForm>
  )
}

function Saved({ requestId }: { requestId: string | undefined }) {
  const { t } = useTranslation('users')
  return (
    <Stack align="flex-start" gap="xs">
      {requestId ? t('employment.savedManager') : t('employment.saved')}
      {requestId && (
        <ButtonLink to="/admin/requests/$requestId" params={{ requestId }} size="xs">
          {t('employment.backToRequest')}
        </ButtonLink>
      )}
    </Stack>
  )
}
