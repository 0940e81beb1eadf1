import { Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { $api } from '../../../api/client.ts'
import { ApplicationAvatar } from '../../../components/ui/avatar.tsx'
import { DataTable } from '../../../components/ui/data-table.tsx'
import { AnchorLink } from '../../../components/ui/link.tsx'
import { Failed, Loading } from '../../../components/ui/states.tsx'
import type { UserGroup } from '../group-types.ts'
import { shownAtMost, useFlowsOf } from '../use-flows-of.ts'

/** Applications bound to a group, and the flows that name it. */
export function GroupUses({ group }: { group: UserGroup }) {
  const { t } = useTranslation('groups')
  return (
    <Stack gap="lg">
      <section>
        <Title order={2} size="h4">
          {t('uses.applications')}
        </Title>
        <Text size="sm" c="dimmed" mb="xs">
          {t('uses.applicationsHint')}
        </Text>
        <Applications groupId={group.id} />
      </section>
      <section>
        <Title order={2} size="h4">
          {t('uses.flows')}
        </Title>
        <Text size="sm" c="dimmed" mb="xs">
          {t('uses.flowsHint')}
        </Text>
        <Flows groupId={group.id} />
      </section>
    </Stack>
  )
}

function Applications({ groupId }: { groupId: string }) {
  const { t } = useTranslation('groups')
  const { data, error, refetch } = $api.useQuery('get', '/applications', {
    params: { query: { groupId, limit: shownAtMost } },
  })
  if (!data) return error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />
  if (data.items.length === 0) return <Text>{t('uses.noApplications')}</Text>
  return (
    <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
      {data.items.map((application) => (
        <li key={application.id} style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
          <ApplicationAvatar application={application} />
          <AnchorLink
            to="/admin/applications/$applicationId"
            params={{ applicationId: application.id }}
            className="gh-break"
          >
            {application.name}
          </AnchorLink>
        </li>
      ))}
      {data.nextCursor && <li>{t('uses.more')}</li>}
    </Stack>
  )
}

function Flows({ groupId }: { groupId: string }) {
  const { t } = useTranslation('groups')
  const { data, error, refetch, rolesIn } = useFlowsOf(groupId)
  if (!data) return error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />
  if (data.items.length === 0) return <Text>{t('uses.noFlows')}</Text>
  return (
    <>
      <DataTable
        label={t('uses.flows')}
        rows={data.items}
        columns={[
          {
            id: 'flow',
            header: t('uses.flow'),
            isLead: true,
            render: ({ id, name }) => (
              <AnchorLink to="/admin/flows/$flowId" params={{ flowId: id }} inherit className="gh-break">
                {name}
              </AnchorLink>
            ),
          },
          { id: 'role', header: t('uses.role'), render: rolesIn },
        ]}
      />
      {data.nextCursor && <Text mt="xs">{t('uses.more')}</Text>}
    </>
  )
}
