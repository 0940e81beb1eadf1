import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import type { GroupMember, UserGroup } from '../group-types.ts'
import { HeldGrants } from './held-grants.tsx'

interface HeldMemberDialogProps {
  group: UserGroup
  member: GroupMember
  onClose: () => void
}

/** Why somebody cannot be taken out here, and where they can. */
export function HeldMemberDialog({ group, member, onClose }: HeldMemberDialogProps) {
  const { t } = useTranslation('groups')
  return (
    <DialogFrame
      title={t('member.heldTitle', { name: member.name, group: group.name })}
      submitLabel=""
      isBusy={false}
      isOver
      onSubmit={onClose}
      onClose={onClose}
    >
      <Text>{t('member.heldText')}</Text>
      <HeldGrants groupId={group.id} member={member} />
    </DialogFrame>
  )
}
