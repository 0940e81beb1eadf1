import { Radio, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AccessRequest, Step } from '../../../api/types.ts'
import { useStepName } from '../../request-card/use-step-name.ts'
import type { DecisionAction } from './request-details.tsx'

/** As whom an administrator decides: as the approver whom a step waits for, or over the flow. */
export type Acting = 'approver' | 'override'

/** The step that waits for the viewer, who may decide it as its approver; of several, the one with the fewest others. */
export function ownStepOf(request: AccessRequest, viewerId: string): Step | undefined {
  if (request.queue !== 'others' || !request.abilities.decide) return undefined
  return request.progress.steps
    .filter(({ state, approvers, decisions }) => {
      const isMine = approvers.some(({ id }) => id === viewerId) && decisions.every(({ by }) => by.id !== viewerId)
      return state === 'current' && isMine
    })
    .sort((one, other) => one.approvers.length - other.approvers.length)[0]
}

interface ActingChoiceProps {
  step: Step
  action: DecisionAction
  value: Acting
  onChange: (acting: Acting) => void
}

/** Asks an administrator whom the step waits for whether to decide the step, or to override the flow. */
export function ActingChoice({ step, action, value, onChange }: ActingChoiceProps) {
  const { t } = useTranslation('requests')
  const nameOf = useStepName()
  // A step of one named user is called by their name, which is the reader's own.
  const name = step.kind === 'user' ? t('acting.namedUser') : nameOf(step)
  return (
    <Radio.Group
      label={t('acting.title')}
      value={value}
      onChange={(chosen) => onChange(chosen === 'override' ? 'override' : 'approver')}
    >
      <Stack gap="xs" mt="xs">
        <Radio
          value="approver"
          label={t(`acting.${action}As`, { step: name })}
          description={t(`acting.${action}AsText`)}
        />
        <Radio value="override" label={t('acting.override')} description={t(`acting.${action}OverrideText`)} />
      </Stack>
    </Radio.Group>
  )
}
