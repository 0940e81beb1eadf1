import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { type ComponentType, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '../../../api/client.ts'
import type { components } from '../../../api/schema.d.ts'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { Failed, Loading } from '../../../components/ui/states.tsx'
import { useDeviceName } from '../../../lib/use-device-name.ts'
import { type Credential, type LinkPurpose, linkFor, type UserDetails } from '../user-types.ts'
import { EndCredentialsDialog, SendLinkDialog } from './dialogs.ts'

type Session = components['schemas']['Session']
type Token = components['schemas']['ApiToken']

/** How sessions and tokens are listed: features of their own, handed in by the page. */
export interface CredentialTables {
  Sessions: ComponentType<{ sessions: Session[]; onEnd: (session: Session) => void }>
  Tokens: ComponentType<{ tokens: Token[]; onRevoke: (token: Token) => void }>
}

type Asked = { link: LinkPurpose } | { end: Credential | 'all' }

/** What lets a user in: the password they have, sessions and API tokens. */
export function UserCredentials({ user, tables }: { user: UserDetails; tables: CredentialTables }) {
  const { t } = useTranslation('users')
  const deviceName = useDeviceName()
  const [asked, setAsked] = useState<Asked>()
  const { data, error, refetch } = $api.useQuery('get', '/users/{id}/credentials', {
    params: { path: { id: user.id } },
  })
  if (!data) return error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />
  const { sessions, tokens } = data
  const link = linkFor(user)
  const hasAny = sessions.length + tokens.length > 0
  return (
    <Stack gap="lg">
      <Part
        title={t('password')}
        action={link && { label: t(`link.${link}`), act: () => setAsked({ link }) }}
        nothing={user.state === 'suspended' ? t('credentials.suspended') : t(`credentials.password.${user.password}`)}
      />
      <Part
        title={t('credentials.sessions')}
        action={hasAny && { label: t('credentials.endAll'), act: () => setAsked({ end: 'all' }) }}
        nothing={sessions.length === 0 && t('credentials.noSessions')}
      >
        <tables.Sessions
          sessions={sessions}
          onEnd={({ id, userAgent }) => setAsked({ end: { id, name: deviceName(userAgent) } })}
        />
      </Part>
      <Part title={t('credentials.tokens')} nothing={tokens.length === 0 && t('credentials.noTokens')}>
        <tables.Tokens tokens={tokens} onRevoke={(token) => setAsked({ end: token })} />
      </Part>
      <DialogSlot>
        {asked && 'link' in asked && (
          <SendLinkDialog user={user} purpose={asked.link} onClose={() => setAsked(undefined)} />
        )}
        {asked && 'end' in asked && (
          <EndCredentialsDialog user={user} ended={asked.end} onClose={() => setAsked(undefined)} />
        )}
      </DialogSlot>
    </Stack>
  )
}

interface PartProps {
  title: string
  action?: { label: string; act: () => void } | false | undefined
  /** Stands in for the content. */
  nothing: string | false
  children?: ReactNode
}

function Part({ title, action, nothing, children }: PartProps) {
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4">
          {title}
        </Title>
        {action && (
          <Button variant="default" size="xs" onClick={action.act}>
            {action.label}
          </Button>
        )}
      </Group>
      {nothing ? <Text c="dimmed">{nothing}</Text> : children}
    </section>
  )
}
