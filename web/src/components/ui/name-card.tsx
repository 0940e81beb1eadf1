import { Badge, Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'

export type NamedKind = 'user' | 'flow' | 'group'

/** What a card says first about a person, a flow or a group. */
export function NameCard({ kind, id }: { kind: NamedKind; id: string }) {
  const Card = cards[kind]
  return <Card id={id} />
}

const cards = { user: UserCard, flow: FlowCard, group: GroupCard }

function UserCard({ id }: { id: string }) {
  const { t } = useTranslation()
  const { data, error } = $api.useQuery('get', '/users/{id}', { params: { path: { id } } })
  return (
    <Frame
      title={data?.name}
      isMissing={error !== null}
      mark={data && data.state !== 'activated' && t(`card.${data.state}`)}
    >
      {data && (
        <>
          <Line>{data.email}</Line>
          <Line>{[data.jobTitle, data.department].filter(Boolean).join(' · ')}</Line>
          <Line>{data.manager ? t('card.manager', { name: data.manager.name }) : t('card.noManager')}</Line>
        </>
      )}
    </Frame>
  )
}

function FlowCard({ id }: { id: string }) {
  const { t } = useTranslation()
  const { data, error } = $api.useQuery('get', '/approval-flows/{id}', { params: { path: { id } } })
  return (
    <Frame title={data?.name} isMissing={error !== null} mark={data?.enabled === false && t('card.off')}>
      {data && (
        <>
          <Line>{data.description}</Line>
          <Line>{t('card.steps', { count: data.approvers.length })}</Line>
        </>
      )}
    </Frame>
  )
}

function GroupCard({ id }: { id: string }) {
  const { t } = useTranslation()
  const { data, error } = $api.useQuery('get', '/user-groups/{id}', { params: { path: { id } } })
  return (
    <Frame title={data?.name} isMissing={error !== null} mark={!!data?.archivedAt && t('card.archived')}>
      {data && (
        <>
          <Line>{data.description}</Line>
          <Line>{t('card.members', { count: data.memberCount })}</Line>
        </>
      )}
    </Frame>
  )
}

interface FrameProps {
  title: string | undefined
  isMissing: boolean
  mark: ReactNode
  children: ReactNode
}

function Frame({ title, isMissing, mark, children }: FrameProps) {
  const { t } = useTranslation()
  return (
    <Stack gap={2} mih={72}>
      <Group gap="xs">
        <Text fw={600} className="gh-break">
          {title ?? (isMissing ? t('card.gone') : t('state.loading'))}
        </Text>
        {mark && <Badge variant="light">{mark}</Badge>}
      </Group>
      {children}
    </Stack>
  )
}

function Line({ children }: { children: ReactNode }) {
  if (!children) return null
  return (
    <Text size="sm" c="dimmed" lineClamp={3} className="gh-break">
      {children}
    </Text>
  )
}
