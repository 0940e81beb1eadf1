import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useProblemText } from '../../../lib/use-problem-text.ts'
import type { UserDetails } from '../user-types.ts'

/** Ends the direct membership of somebody who has left; what refuses it stands below. */
export function TakeOutButton({ user, group }: { user: UserDetails; group: { id: string; name: string } }) {
  const { t } = useTranslation('users')
  const textOf = useProblemText()
  const words = { name: user.name, group: group.name }
  const { isBusy, problem, run } = useCommand({
    send: () =>
      client.DELETE('/user-groups/{id}/members/{userId}', { params: { path: { id: group.id, userId: user.id } } }),
    rereads: ['/users/{id}/leaving', '/users/{id}', '/leavers', '/user-groups/{id}/members'],
    onDone: () => showToast('success', t('leaving.takenOut', words)),
  })
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={isBusy}
        aria-label={t('leaving.takeOutOf', words)}
        onClick={() => void run()}
      >
        {t('leaving.takeOut')}
      </Button>
      {problem && (
        <Text role="alert" size="sm" c="red">
          {textOf(problem)}
        </Text>
      )}
    </>
  )
}
