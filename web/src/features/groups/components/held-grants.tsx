import { Alert, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { $api } from '../../../api/client.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { AnchorLink } from '../../../components/ui/link.tsx'
import { Failed, Loading } from '../../../components/ui/states.tsx'
import { TimeAgo } from '../../../components/ui/time-ago.tsx'
import type { GroupMember } from '../group-types.ts'

interface HeldGrantsProps {
  groupId: string
  member: GroupMember
}

const grantsAtMost = 200

/** The access that holds a membership, each with the place where it is revoked. */
export function HeldGrants({ groupId, member }: HeldGrantsProps) {
  const { t } = useTranslation('groups')
  const { data, error, refetch } = $api.useQuery('get', '/grants', {
    params: { query: { state: 'active', userId: member.id, limit: grantsAtMost } },
  })
  if (!data) return error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />
  const held = data.items.filter(({ group }) => group.id === groupId)
  if (held.length === 0)
    return (
      <Alert role="note" color="blue" icon={<Icon name="info" />}>
        {t('member.heldNone')}
      </Alert>
    )
  return (
    <Stack component="ul" gap="xs" p={0} m={0} aria-label={t('member.heldList')} style={{ listStyle: 'none' }}>
      {held.map(({ id, approvalFlow, expiresAt }) => (
        <li key={id}>
          <Text fw={600} className="gh-break">
            {approvalFlow.name}
          </Text>
          <Text size="sm" c="dimmed">
            {expiresAt ? (
              <>
                {t('member.heldTimed')} <TimeAgo at={expiresAt} />
              </>
            ) : (
              t('member.heldAlways')
            )}
          </Text>
          {expiresAt ? (
            <AnchorLink to="/admin/access" search={{ q: member.name }} size="sm">
              {t('member.openAccess')}
            </AnchorLink>
          ) : (
            <AnchorLink to="/admin/users/$userId" params={{ userId: member.id }} search={{ tab: 'access' }} size="sm">
              {t('member.openUser')}
            </AnchorLink>
          )}
        </li>
      ))}
    </Stack>
  )
}
