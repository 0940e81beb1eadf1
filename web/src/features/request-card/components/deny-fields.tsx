import { Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FieldOf } from '../../../lib/use-form.ts'

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

/** Says what is wrong with a denial, by field. */
export function useDenialCheck(): (denial: Pick<Denial, 'reason'>) => { reason?: string | undefined } {
  const { t } = useTranslation('requests')
  return ({ reason }) => ({ reason: reason.trim() ? undefined : t('decide.reasonMissing') })
}

interface DenyFieldsProps {
  field: FieldOf<keyof Denial>
  /** False for whoever denies as an approver: notes belong to an override. */
  hasNotes?: boolean
}

/** The three texts of a denial, each labelled with who will read it. */
export function DenyFields({ field, hasNotes = true }: DenyFieldsProps) {
  const { t } = useTranslation(['requests', 'common'])
  const texts = { autosize: true, minRows: 2, maxRows: 8, maxLength: 4000 }
  const optional = t('common:optional')
  return (
    <>
      <Textarea
        {...texts}
        data-autofocus
        required
        label={t('decide.reason')}
        description={t('decide.reasonHint')}
        {...field('reason')}
      />
      <Textarea
        {...texts}
        label={`${t('decide.nextSteps')} (${optional})`}
        description={t('decide.nextStepsHint')}
        {...field('nextSteps')}
      />
      {hasNotes && (
        <Textarea
          {...texts}
          label={t('decide.internalNotes')}
          description={t('decide.internalNotesHint')}
          {...field('internalNotes')}
        />
      )}
    </>
  )
}
