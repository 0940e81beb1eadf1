import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import type { PeopleSource } from '../source-types.ts'

/** Asks before a source is deleted, saying what becomes of its people. */
export function DeleteSourceDialog({ source, onClose }: { source: PeopleSource; onClose: () => void }) {
  const { t } = useTranslation('sources')
  const words = { name: source.name }
  const { isBusy, problem, run } = useCommand({
    send: () => client.DELETE('/people-sources/{id}', { params: { path: { id: source.id } } }),
    rereads: ['/people-sources', '/users', '/user-groups'],
    onDone() {
      showToast('success', t('deleted', words))
      onClose()
    },
  })
  return (
    <DialogFrame
      title={t('deleteTitle', words)}
      submitLabel={t('delete')}
      isDangerous
      isBusy={isBusy}
      onSubmit={run}
      onClose={onClose}
    >
      <Text>{t('deleteText')}</Text>
      <Text size="sm">
        {t('people', { count: source.people })} · {t('groups', { count: source.groups })}
      </Text>
      <ProblemAlert problem={problem} />
    </DialogFrame>
  )
}
