import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useWrite } from '../../../lib/use-write.ts'
import type { GroupMember, UserGroup } from '../group-types.ts'
import { useRefreshGroups } from '../use-refresh-groups.ts'
import { HeldGrants } from './held-grants.tsx'

interface RemoveMemberDialogProps {
  group: UserGroup
  member: GroupMember
  onClose: () => void
}

/** Asks before a direct membership ends; when only approved access holds it, shows what to do instead. */
export function RemoveMemberDialog({ group, member, onClose }: RemoveMemberDialogProps) {
  const { t } = useTranslation('groups')
  const refresh = useRefreshGroups()
  const { isBusy, problem, write } = useWrite()
  const words = { name: member.name, group: group.name }
  const isHeld = problem?.code === 'membership_held'

  async function remove(): Promise<void> {
    let isStill = false
    const isDone = await write(null, async () => {
      const { response } = await client.DELETE('/user-groups/{id}/members/{userId}', {
        params: { path: { id: group.id, userId: member.id } },
      })
      isStill = response.status === 200
    })
    refresh()
    if (!isDone) return
    showToast('success', t(isStill ? 'member.stays' : 'member.removed', words))
    onClose()
  }

  return (
    <DialogFrame
      title={t('member.removeTitle', words)}
      submitLabel={t('member.remove')}
      isDangerous
      isBusy={isBusy}
      isOver={isHeld}
      onSubmit={remove}
      onClose={onClose}
    >
      {!isHeld && <Text>{t(member.grantIds.length > 0 ? 'member.removeHeld' : 'member.removeText')}</Text>}
      <ProblemAlert problem={problem} />
      {isHeld && (
        <>
          <Text>{t('member.heldText')}</Text>
          <HeldGrants groupId={group.id} member={member} />
        </>
      )}
    </DialogFrame>
  )
}
