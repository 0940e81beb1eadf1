import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { exactFieldText } from '../../../api/field-message.ts'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { TimeAgo } from '../../../components/ui/time-ago.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useFormat } from '../../../lib/use-format.ts'
import type { LdapSource } from './ldap-form.tsx'

type Run = LdapSource['runs'][number]

const colors = { done: 'green', held: 'yellow', failed: 'red' } as const

/** Reads the server, or looks first; and what has come of it so far. */
export function LdapRuns({ id, runs }: { id: string; runs: Run[] }) {
  const { t } = useTranslation('sources')
  const { isBusy, problem, run } = useCommand({
    send: (body: { dryRun?: boolean; full?: boolean; confirmLeaving?: boolean }, headers) =>
      client.POST('/people-sources/{id}/runs', {
        params: { path: { id } },
        body: { dryRun: false, full: false, confirmLeaving: false, ...body },
        headers,
      }),
    rereads: ['/people-sources/{id}/ldap', '/people-sources'],
  })
  const isGoing = runs.some(({ outcome }) => outcome === null)
  const isHeld = runs[0]?.outcome === 'held'
  return (
    <Stack gap="sm" flex="1 1 380px">
      <Title order={2} size="h4">
        {t('ldap.runs')}
      </Title>
      <Group gap="xs">
        <Button
          variant="default"
          disabled={isGoing}
          loading={isBusy}
          onClick={() => void run({ dryRun: true, full: true })}
        >
          {t('ldap.look')}
        </Button>
        <Button disabled={isGoing} loading={isBusy} onClick={() => void run({ full: true })}>
          {t('ldap.full')}
        </Button>
        {isHeld && (
          <Button color="red" loading={isBusy} onClick={() => void run({ confirmLeaving: true })}>
            {t('ldap.confirm')}
          </Button>
        )}
      </Group>
      <ProblemAlert problem={problem} />
      {runs.length === 0 && <Text size="sm">{t('ldap.none')}</Text>}
      {runs.map((one) => (
        <RunCard key={one.id} run={one} />
      ))}
    </Stack>
  )
}

function RunCard({ run: { mode, isDryRun, startedAt, outcome, error, result } }: { run: Run }) {
  const { t } = useTranslation('sources')
  return (
    <Paper withBorder p="sm">
      <Group gap="xs" mb={4}>
        {outcome ? (
          <Badge variant="light" color={colors[outcome]}>
            {t(`ldap.outcome.${outcome}`)}
          </Badge>
        ) : (
          <Badge variant="light">{t('ldap.going')}</Badge>
        )}
        {isDryRun && <Badge variant="light">{t('ldap.dry')}</Badge>}
        <Text size="sm" c="dimmed">
          {t(`ldap.mode.${mode}`)} · <TimeAgo at={startedAt} />
        </Text>
      </Group>
      {error && (
        <Text size="sm" className="gh-break">
          {error}
        </Text>
      )}
      {result && <RunNumbers result={result} />}
    </Paper>
  )
}

function RunNumbers({ result }: { result: NonNullable<Run['result']> }) {
  const { t } = useTranslation('sources')
  const format = useFormat()
  const { read, created, changed, left, refused, groups, notes, lines } = result
  const words = {
    read: format.number(read),
    created: format.number(created),
    changed: format.number(changed),
    left: format.number(left),
    refused: format.number(refused.length),
    added: format.number(groups.added),
    removed: format.number(groups.removed),
  }
  const people = lines.map(({ outcome, name, email }) => `${outcome === 'created' ? '+' : '~'} ${name} (${email})`)
  const leftOut = refused.map((one) => `${one.email ?? one.dn ?? one.line}: ${exactFieldText(one)}`)
  return (
    <>
      <Text size="sm">{t('ldap.numbers', words)}</Text>
      {[...notes, ...leftOut, ...people].slice(0, 20).map((text) => (
        <Text key={text} size="sm" c="dimmed" className="gh-break">
          {text}
        </Text>
      ))}
    </>
  )
}
