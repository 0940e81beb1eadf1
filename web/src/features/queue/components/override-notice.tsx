import { Alert } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { useFormat } from '../../../lib/use-format.ts'
import { useStepName } from '../../request-card/use-step-name.ts'
import { ownStepOf } from './acting-choice.tsx'

const undecided = new Set(['waiting', 'current', 'missing'])

/** Says that an administrator's decision overrides the flow, and whose steps it skips; nothing of the reader's own step. */
export function OverrideNotice({ request, viewerId }: { request: AccessRequest; viewerId: string }) {
  const { t } = useTranslation('requests')
  const format = useFormat()
  const nameOf = useStepName()
  if (request.queue !== 'others') return null
  const ownStep = ownStepOf(request, viewerId)
  const skipped = request.progress.steps.filter((step) => undecided.has(step.state) && step !== ownStep)
  if (skipped.length === 0) return null
  const names = skipped.map((step) => {
    const people =
      step.kind !== 'user' && step.approvers.length > 0 && step.approvers.length <= 3
        ? ` – ${format.list(step.approvers.map(({ name }) => name))}`
        : ''
    return nameOf(step) + people
  })
  return (
    <Alert role="note" color="orange" icon={<Icon name="skip" />} title={t('decide.overrides')}>
      {t('decide.overridesSteps', { count: skipped.length, steps: format.list(names) })}
    </Alert>
  )
}
