import { Badge, Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PersonAvatar } from '../../../components/ui/avatar.tsx'
import { DataTable } from '../../../components/ui/data-table.tsx'
import type { Column } from '../../../components/ui/data-table.types.ts'
import { AnchorLink } from '../../../components/ui/link.tsx'
import { SoftText } from '../../../components/ui/soft-text.tsx'
import type { GroupMember } from '../group-types.ts'

interface MembersTableProps {
  groupName: string
  members: GroupMember[]
  /** Direct members come from elsewhere, and are not taken out here. */
  isManaged: boolean
  sort: string
  onSort: (sort: string) => void
  onRemove: (member: GroupMember) => void
  onAskWhy: (member: GroupMember) => void
}

/** Who is in a group, and why: direct members can be taken out, others are held by their access. */
export function MembersTable({ groupName, members, isManaged, sort, onSort, onRemove, onAskWhy }: MembersTableProps) {
  const { t } = useTranslation('groups')
  const sourceOf = ({ direct, grantIds }: GroupMember) => {
    if (grantIds.length === 0) return t('member.direct')
    return direct ? t('member.both') : t('member.byGrant')
  }
  const columns: Column<GroupMember>[] = [
    {
      id: 'name',
      header: t('member.user'),
      sort: 'name',
      isLead: true,
      render: (member) => <MemberName member={member} />,
    },
    { id: 'email', header: t('member.email'), render: ({ email }) => <SoftText text={email} /> },
    { id: 'department', header: t('member.department'), render: ({ department }) => department ?? '–' },
    { id: 'from', header: t('member.from'), render: sourceOf },
  ]
  return (
    <DataTable
      label={t('member.table')}
      rows={members}
      columns={columns}
      sort={sort}
      onSort={onSort}
      actions={{
        label: t('member.actions'),
        render: (member) => {
          const words = { name: member.name, group: groupName }
          if (member.direct && isManaged && member.grantIds.length === 0) return null
          return member.direct && !isManaged ? (
            <Button
              size="xs"
              variant="default"
              aria-label={t('member.removeOne', words)}
              onClick={() => onRemove(member)}
            >
              {t('member.remove')}
            </Button>
          ) : (
            <Button size="xs" variant="subtle" aria-label={t('member.heldOne', words)} onClick={() => onAskWhy(member)}>
              {t('member.held')}
            </Button>
          )
        },
      }}
    />
  )
}

function MemberName({ member }: { member: GroupMember }) {
  const { t } = useTranslation('groups')
  return (
    <Group gap="xs" wrap="nowrap">
      <PersonAvatar name={member.name} />
      <AnchorLink to="/admin/users/$userId" params={{ userId: member.id }} inherit fw={600}>
        {member.name}
      </AnchorLink>
      {member.state !== 'activated' && (
        <Badge variant="light" color="gray">
          {t('member.inactive')}
        </Badge>
      )}
    </Group>
  )
}
