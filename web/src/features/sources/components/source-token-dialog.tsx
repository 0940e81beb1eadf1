import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import type { NewApiToken, PeopleSource } from '../source-types.ts'

interface SourceTokenDialogProps {
  source: PeopleSource
  onMade: (token: NewApiToken) => void
  onClose: () => void
}

/** Asks before a token is made for a source, saying with whose credentials it ends. */
export function SourceTokenDialog({ source, onMade, onClose }: SourceTokenDialogProps) {
  const { t } = useTranslation('sources')
  const { isBusy, problem, run } = useCommand<NewApiToken>({
    send: (_, headers) =>
      client.POST('/api-tokens', { body: { name: source.name, scopes: ['scim'], sourceId: source.id }, headers }),
    rereads: ['/people-sources', '/api-tokens'],
    onDone(made) {
      onMade(made)
      onClose()
    },
  })
  return (
    <DialogFrame
      title={t('newTokenTitle', { name: source.name })}
      submitLabel={t('newToken')}
      isBusy={isBusy}
      onSubmit={run}
      onClose={onClose}
    >
      <Text>{t('newTokenText')}</Text>
      <Text size="sm">{t('endsWithMaker')}</Text>
      <ProblemAlert problem={problem} />
    </DialogFrame>
  )
}
