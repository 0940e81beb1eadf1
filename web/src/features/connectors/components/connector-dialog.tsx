import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import type { components } from '../../../api/schema.d.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useForm } from '../../../lib/use-form.ts'
import { type Connector, type ConnectorDraft, type CreatedConnector, type Lack, lacksOf } from '../connector-types.ts'

interface ConnectorDialogProps {
  /** The one that is edited; nothing for a new one. */
  connector?: Connector | undefined
  /** A new one was made, with a secret that is shown once. */
  onMade: (made: CreatedConnector) => void
  onClose: () => void
}

type ConnectorBody = Omit<components['schemas']['CreateConnector'], 'kind'>

/** Makes a webhook connector, or changes one. */
export function ConnectorDialog({ connector, onMade, onClose }: ConnectorDialogProps) {
  const { t } = useTranslation(['connectors', 'common'])
  const { isBusy, problem, run } = useCommand<Connector | CreatedConnector, ConnectorBody>({
    send: (body, headers) =>
      connector
        ? client.PATCH('/connectors/{id}', { params: { path: { id: connector.id } }, body })
        : client.POST('/connectors', { body: { ...body, kind: 'webhook' }, headers }),
    rereads: ['/connectors'],
    onDone(saved, _response, { secret }) {
      showToast('success', t(connector ? 'saved' : 'created', { name: saved.name }))
      // One's own secret needs not be shown.
      if ('secret' in saved && !secret) onMade(saved)
      onClose()
    },
  })
  const isTaken = problem?.status === 409 && Boolean(problem.fieldMessage('name'))

  const wordsOf = (lack: Lack) => (lack === 'required' ? t('common:required') : t(`field.${lack}`))
  const { field, submit } = useForm<ConnectorDraft>({
    initial: { name: connector?.name ?? '', url: connector?.url ?? '', secret: '' },
    check: (draft) => Object.fromEntries(Object.entries(lacksOf(draft)).map(([path, lack]) => [path, wordsOf(lack)])),
    problem,
  })
  const name = field('name')

  const save = ({ secret, ...draft }: ConnectorDraft) =>
    run({ name: draft.name.trim(), url: draft.url.trim(), ...(secret && { secret }) })

  const title = connector ? t('editTitle', { name: connector.name }) : t('create')
  return (
    <DialogFrame
      title={title}
      submitLabel={connector ? t('common:action.save') : t('create')}
      isBusy={isBusy}
      onSubmit={() => submit(save)}
      onClose={onClose}
    >
      <TextInput
        label={t('field.name')}
        required
        maxLength={200}
        {...name}
        error={isTaken && name.error === problem.fieldMessage('name') ? t('field.taken') : name.error}
      />
      <TextInput
        label={t('field.url')}
        description={t('field.urlHint')}
        required
        type="url"
        maxLength={2048}
        {...field('url')}
      />
      <TextInput
        data-autofocus
        label={t('field.secret')}
        {...field('secret')}
        autoComplete="off"
        placeholder="whsec_…"
        description={t(connector ? 'field.secretEditHint' : 'field.secretHint')}
      />
      <ProblemAlert problem={problem} fields={['name', 'url', 'secret']} />
    </DialogFrame>
  )
}
