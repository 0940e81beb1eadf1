import { useTranslation } from 'react-i18next'
import { addDuration } from '../../../../../src/domain/shared/duration.ts'
import { client } from '../../../api/client.ts'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { DurationField } from '../../../components/ui/duration-field.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { presetDurations } from '../../../lib/duration.ts'
import { useCommand } from '../../../lib/use-command.ts'
import { useForm } from '../../../lib/use-form.ts'
import { useFormat } from '../../../lib/use-format.ts'
import type { Grant } from '../use-revoke.ts'

/** Lets access last longer, and shows both ends. */
export function ExtendDialog({ grant, onClose }: { grant: Grant; onClose: () => void }) {
  const { t } = useTranslation(['access', 'requests'])
  const format = useFormat()
  const presentEnd = grant.expiresAt ?? ''
  const names = { name: grant.user.name, flow: grant.approvalFlow.name }
  const { isBusy, problem, run } = useCommand({
    send: (body: { until: string }, headers) =>
      client.POST('/grants/{id}/extend', { params: { path: { id: grant.id } }, body, headers }),
    rereads: ['/grants'],
    awaitsOutcome: true,
    onDone({ expiresAt }, { status }) {
      if (status === 202) showToast('info', t('extending', names))
      else showToast('success', t('extended', { ...names, date: format.dateTime(expiresAt ?? presentEnd) }))
      onClose()
    },
  })
  const { field, submit, values } = useForm({
    initial: { until: presetDurations[0] as string },
    check: ({ until }) => ({ until: until ? undefined : t('requests:duration.wrong') }),
    problem,
  })
  const newEnd = values.until && addDuration(presentEnd, values.until)
  return (
    <DialogFrame
      title={t('extendTitle', names)}
      submitLabel={t('extend')}
      isBusy={isBusy}
      isOver={problem?.code === 'grant_ended'}
      onSubmit={() => submit(({ until }) => run({ until: addDuration(presentEnd, until) }))}
      onClose={onClose}
    >
      <dl className="gh-facts">
        <dt>{t('presentEnd')}</dt>
        <dd>{format.dateTime(presentEnd)}</dd>
        <dt>{t('newEnd')}</dt>
        <dd>{newEnd ? format.dateTime(newEnd) : '–'}</dd>
      </dl>
      <DurationField label={t('by')} options={presetDurations} canCustomise {...field('until')} />
      <ProblemAlert problem={problem} fields={['until']} />
    </DialogFrame>
  )
}
