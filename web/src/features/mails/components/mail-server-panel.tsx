import { Alert, Button, Paper, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, client } from '../../../api/client.ts'
import type { components } from '../../../api/schema.d.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { Failed, Loading } from '../../../components/ui/states.tsx'
import { DateTime } from '../../../components/ui/time-ago.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import classes from './mail-server-panel.module.css'

type Trial = components['schemas']['MailTrial']

const testButtonId = 'mail-server-test'

/** Leads to the button that sends a test mail. */
export function goToTestMail(): void {
  document.getElementById(testButtonId)?.focus()
}

/** Where mail goes, what the server said last, and whether it takes a mail now. */
export function MailServerPanel({ email }: { email: string }) {
  const { t } = useTranslation('mails')
  const { data, error, refetch } = $api.useQuery('get', '/mail-server')
  const [trial, setTrial] = useState<Trial>()
  const { run, isBusy, problem } = useCommand({
    send: (_: void, headers) => client.POST('/mail-server/test', { headers }),
    onDone: (answer: Trial) => setTrial(answer),
  })
  if (!data) return error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />
  const { host, port, tls, signsInAs, from, lastSentAt, lastFailureAt, lastFailure } = data
  const facts = [
    ['host', `${host}:${port}`],
    ['tls', t(`server.${tls}`)],
    ['signsInAs', signsInAs ?? t('server.nobody')],
    ['from', from],
    ['lastSent', lastSentAt ? <DateTime at={lastSentAt} /> : t('server.never')],
    [
      'lastFailure',
      lastFailureAt ? (
        <>
          <DateTime at={lastFailureAt} />: {lastFailure}
        </>
      ) : (
        t('server.never')
      ),
    ],
  ] as const
  return (
    <Paper component="section" withBorder p="md" mb="lg" maw={760} aria-labelledby="mail-server">
      <Title order={2} size="h4" mb="sm" id="mail-server">
        {t('server.title')}
      </Title>
      <Stack gap="sm" align="flex-start">
        <dl className={classes.facts}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{t(`server.${name}`)}</dt>
              <dd className="gh-break">{value}</dd>
            </div>
          ))}
        </dl>
        <Text size="sm" c="dimmed">
          {t('server.hint')}
        </Text>
        <Button id={testButtonId} variant="default" loading={isBusy} onClick={() => void run()}>
          {t('server.test')}
        </Button>
        <ProblemAlert problem={problem} />
        <div role="status">
          {trial && !isBusy && (
            <Alert
              role="note"
              color={trial.accepted ? 'green' : 'red'}
              icon={<Icon name={trial.accepted ? 'check' : 'alert'} />}
            >
              {trial.accepted
                ? t('server.accepted', { email, answer: trial.answer })
                : t('server.failed', { answer: trial.answer })}
            </Alert>
          )}
        </div>
      </Stack>
    </Paper>
  )
}
