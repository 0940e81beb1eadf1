import { Textarea } from '@mantine/core'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '../../../api/problem.ts'

export interface Denial {
  reason: string
  nextSteps: string
  internalNotes: string
}

export const emptyDenial: Denial = { reason: '', nextSteps: '', internalNotes: '' }

/** What of a denial is filled in. */
export function denialBody({ reason, nextSteps, internalNotes }: Denial) {
  return { reason, ...(nextSteps.trim() && { nextSteps }), ...(internalNotes.trim() && { internalNotes }) }
}

/** Which show what is wrong with them. */
export const denialFields = ['reason', 'nextSteps', 'internalNotes']

interface DenyFieldsProps {
  value: Denial
  onChange: (denial: Denial) => void
  isReasonMissing: boolean
  problem: ApiProblem | undefined
  reasonRef: Ref<HTMLTextAreaElement>
}

/** The three texts of a denial, each labelled with who will read it. */
export function DenyFields({ value, onChange, isReasonMissing, problem, reasonRef }: DenyFieldsProps) {
  const { t } = useTranslation(['requests', 'common'])
  const texts = { autosize: true, minRows: 2, maxRows: 8, maxLength: 4000 }
  const optional = t('common:optional')
  return (
    <>
      <Textarea
        {...texts}
        ref={reasonRef}
        data-autofocus
        required
        label={t('decide.reason')}
        description={t('decide.reasonHint')}
        value={value.reason}
        error={isReasonMissing ? t('decide.reasonMissing') : problem?.fieldMessage('reason')}
        onChange={(event) => onChange({ ...value, reason: event.currentTarget.value })}
      />
      <Textarea
        {...texts}
        label={`${t('decide.nextSteps')} (${optional})`}
        description={t('decide.nextStepsHint')}
        value={value.nextSteps}
        error={problem?.fieldMessage('nextSteps')}
        onChange={(event) => onChange({ ...value, nextSteps: event.currentTarget.value })}
      />
      <Textarea
        {...texts}
        label={t('decide.internalNotes')}
        description={t('decide.internalNotesHint')}
        value={value.internalNotes}
        error={problem?.fieldMessage('internalNotes')}
        onChange={(event) => onChange({ ...value, internalNotes: event.currentTarget.value })}
      />
    </>
  )
}
