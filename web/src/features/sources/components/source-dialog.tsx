import { Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useForm } from '../../../lib/use-form.ts'
import type { PeopleSource } from '../source-types.ts'

interface SourceDialogProps {
  /** The one that is renamed; nothing for a new one. */
  source?: PeopleSource | undefined
  /** Of a new one. */
  kind?: PeopleSource['kind']
  onMade: (source: PeopleSource) => void
  onClose: () => void
}

/** Makes a source that pushes by SCIM, or renames one. */
export function SourceDialog({ source, kind = 'scim', onMade, onClose }: SourceDialogProps) {
  const { t } = useTranslation(['sources', 'common'])
  const { isBusy, problem, run } = useCommand<PeopleSource, { name: string }>({
    send: (body, headers) =>
      source
        ? client.PATCH('/people-sources/{id}', { params: { path: { id: source.id } }, body })
        : client.POST('/people-sources', { body: { ...body, kind }, headers }),
    rereads: ['/people-sources'],
    onDone(saved) {
      if (source) showToast('success', t('saved', { name: saved.name }))
      else onMade(saved)
      onClose()
    },
  })
  const { field, submit } = useForm({
    initial: { name: source?.name ?? '' },
    check: ({ name }): { name?: string } => (name.trim() ? {} : { name: t('common:required') }),
    problem,
  })
  const name = field('name')
  const create = kind === 'ldap' ? t('createLdap') : t('create')
  const isTaken = problem?.status === 409 && name.error === problem.fieldMessage('name')
  return (
    <DialogFrame
      title={source ? t('renameTitle', { name: source.name }) : create}
      submitLabel={source ? t('common:action.save') : create}
      isBusy={isBusy}
      onSubmit={() => submit((draft) => run({ name: draft.name.trim() }))}
      onClose={onClose}
    >
      {!source && <Text size="sm">{kind === 'ldap' ? t('createLdapText') : t('createText')}</Text>}
      <TextInput
        data-autofocus
        label={t('field.name')}
        description={t('field.nameHint')}
        required
        maxLength={120}
        {...name}
        error={isTaken && name.error ? t('field.taken') : name.error}
      />
      <ProblemAlert problem={problem} fields={['name']} />
    </DialogFrame>
  )
}
