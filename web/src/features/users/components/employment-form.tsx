import { Stack } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { ButtonLink } from '../../../components/ui/link.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { SaveForm } from '../../../components/ui/save-form.tsx'
import { useSaving } from '../../../lib/use-saving.ts'
import type { User, UserDetails } from '../user-types.ts'
import { ManagerField } from './manager-field.tsx'
import { isComplete, UserFields, type UserTexts } from './user-fields.tsx'

interface EmploymentFormProps {
  user: UserDetails
  isManagerFocused: boolean
  /** Request that waits for what is filled in here. */
  requestId: string | undefined
}

const textsOf = (user: User): UserTexts => ({
  name: user.name,
  email: user.email,
  department: user.department ?? '',
  jobTitle: user.jobTitle ?? '',
})

/** Details > Employment Information. */
export function EmploymentForm({ user, isManagerFocused, requestId }: EmploymentFormProps) {
  const { t } = useTranslation('users')
  const [draft, setDraft] = useState(textsOf(user))
  const [manager, setManager] = useState(user.manager)
  const fields = {
    name: draft.name.trim(),
    email: draft.email.trim(),
    department: draft.department.trim() || null,
    jobTitle: draft.jobTitle.trim() || null,
    managerId: manager?.id ?? null,
  }
  const { isBusy, problem, isTried, isSaved, isChanged, touch, save } = useSaving({
    fields,
    initial: user,
    send: (body) => client.PATCH('/users/{id}', { params: { path: { id: user.id } }, body }),
    rereads: ['/users', '/users/{id}'],
    onSaved(data) {
      // What others have changed meanwhile is seen from here on.
      setDraft(textsOf(data))
      setManager(data.manager)
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
      isBusy={isBusy}
      isChanged={isChanged}
      saved={isSaved && <Saved requestId={manager ? requestId : undefined} />}
      onSave={() => save(isComplete(draft))}
    >
      <UserFields
        value={draft}
        onChange={(next) => {
          setDraft(next)
          touch()
        }}
        problem={problem}
        isTried={isTried}
      />
      <ManagerField
        value={manager}
        onChange={(next) => {
          setManager(next)
          touch()
        }}
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
