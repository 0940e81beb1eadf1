import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { type GroupMember, groupPaths, type UserGroup } from '../group-types.ts'
import { HeldGrants } from './held-grants.tsx'

interface RemoveMemberDialogProps {
  group: UserGroup
  member: GroupMember
  onClose: () => void
}

/** Asks before a direct membership ends; when only approved access holds it, shows what to do instead. */
export function RemoveMemberDialog({ group, member, onClose }: RemoveMemberDialogProps) {
  const { t } = useTranslation('groups')
  const words = { name: member.name, group: group.name }
  const { isBusy, problem, run } = useCommand({
    send: () =>
      client.DELETE('/user-groups/{id}/members/{userId}', {
        params: { path: { id: group.id, userId: member.id } },
      }),
    rereads: groupPaths,
    onDone(_member, { status }) {
      // 200 carries the member who is left, by approved access; 204 means that nobody is.
      showToast('success', t(status === 200 ? 'member.stays' : 'member.removed', words))
      onClose()
    },
  })
  const isHeld = problem?.code === 'membership_held'

  return (
    <DialogFrame
      title={t('member.removeTitle', words)}
      submitLabel={t('member.remove')}
      isDangerous
      isBusy={isBusy}
      isOver={isHeld}
      onSubmit={run}
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
