import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import type { components } from '../../../api/schema.d.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { type Connector, type ConnectorDraft, type CreatedConnector, lacksOf } from '../connector-types.ts'

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
  const [draft, setDraft] = useState<ConnectorDraft>({
    name: connector?.name ?? '',
    url: connector?.url ?? '',
    secret: '',
  })
  const [isTried, setIsTried] = useState(false)
  const lacks = lacksOf(draft)
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

  function save(): void {
    setIsTried(true)
    if (Object.keys(lacks).length > 0) return
    const { secret } = draft
    void run({ name: draft.name.trim(), url: draft.url.trim(), ...(secret && { secret }) })
  }

  const errorOf = (field: keyof ConnectorDraft) => {
    const lack = isTried ? lacks[field] : undefined
    if (lack) return lack === 'required' ? t('common:required') : t(`field.${lack}`)
    return field === 'name' && isTaken ? t('field.taken') : problem?.fieldMessage(field)
  }
  const fieldOf = (field: keyof ConnectorDraft) => ({
    label: t(`field.${field}`),
    value: draft[field],
    onChange: (event: { currentTarget: HTMLInputElement }) =>
      setDraft({ ...draft, [field]: event.currentTarget.value }),
    error: errorOf(field),
  })
  const title = connector ? t('editTitle', { name: connector.name }) : t('create')
  return (
    <DialogFrame
      title={title}
      submitLabel={connector ? t('common:action.save') : t('create')}
      isBusy={isBusy}
      onSubmit={save}
      onClose={onClose}
    >
      <TextInput {...fieldOf('name')} required maxLength={200} />
      <TextInput {...fieldOf('url')} required type="url" maxLength={2048} description={t('field.urlHint')} />
      <TextInput
        data-autofocus
        {...fieldOf('secret')}
        autoComplete="off"
        placeholder="whsec_…"
        description={t(connector ? 'field.secretEditHint' : 'field.secretHint')}
      />
      <ProblemAlert problem={problem} fields={['name', 'url', 'secret']} />
    </DialogFrame>
  )
}
