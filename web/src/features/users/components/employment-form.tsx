import { Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { ButtonLink } from '../../../components/ui/link.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { SaveForm } from '../../../components/ui/save-form.tsx'
import { changedFields } from '../../../lib/changed-fields.ts'
import { useWrite } from '../../../lib/use-write.ts'
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
  const queries = useQueryClient()
  const { isBusy, problem, write } = useWrite()
  const [draft, setDraft] = useState(textsOf(user))
  const [manager, setManager] = useState(user.manager)
  const [isTried, setIsTried] = useState(false)
  const [isSaved, setIsSaved] = useState(false)
  const [saved, setSaved] = useState<User>(user)
  const fields = {
    name: draft.name.trim(),
    email: draft.email.trim(),
    department: draft.department.trim() || null,
    jobTitle: draft.jobTitle.trim() || null,
    managerId: manager?.id ?? null,
  }
  const body = changedFields(fields, { ...saved, managerId: saved.manager?.id ?? null })
  const managerRef = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (isManagerFocused) managerRef.current?.focus()
  }, [isManagerFocused])

  async function save(): Promise<void> {
    setIsTried(true)
    setIsSaved(false)
    if (!isComplete(draft)) return
    let answer: User | undefined
    const isDone = await write(body, async () => {
      const { data } = await client.PATCH('/users/{id}', { params: { path: { id: user.id } }, body })
      answer = data
    })
    if (!isDone || !answer) return
    // What others have changed meanwhile is seen from here on.
    setSaved(answer)
    setDraft(textsOf(answer))
    setManager(answer.manager)
    setIsSaved(true)
    void queries.invalidateQueries({ queryKey: ['get', '/users'] })
    void queries.invalidateQueries({ queryKey: ['get', '/users/{id}'] })
  }

  return (
    <SaveForm
      title={t('employment.title')}
      isBusy={isBusy}
      isChanged={Object.keys(body).length > 0}
      saved={isSaved && <Saved requestId={manager ? requestId : undefined} />}
      onSave={save}
    >
      <UserFields
        value={draft}
        onChange={(next) => {
          setDraft(next)
          setIsSaved(false)
        }}
        problem={problem}
        isTried={isTried}
      />
      <ManagerField
        value={manager}
        onChange={(next) => {
          setManager(next)
          setIsSaved(false)
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
