import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RequestSummary } from '../../../api/types.ts'
import { DecideManyDialog } from '../../request-card/components/decide-many-dialog.tsx'
import { denialBody } from '../../request-card/components/deny-fields.tsx'
import { type BulkTerms, useBulk } from '../api/use-bulk.ts'
import type { DecisionAction } from './request-details.tsx'

interface BulkDialogProps {
  action: DecisionAction
  requests: RequestSummary[]
  onClose: () => void
  /** The requests that were decided need no longer be selected. */
  onDone: (decidedIds: string[]) => void
}

/** Grant Access or Deny Access for many requests. */
export function BulkDialog({ action, requests, onClose, onDone }: BulkDialogProps) {
  const { t } = useTranslation('requests')
  const decisions = useBulk()
  const count = requests.length
  const isDenial = action === 'deny'
  return (
    <DecideManyDialog<BulkTerms>
      isDenial={isDenial}
      requests={requests}
      decisions={decisions}
      termsOf={({ message, ...denial }) => ({
        action,
        ...(isDenial ? denialBody(denial) : { ...(message.trim() && { message }) }),
      })}
      words={{
        title: isDenial ? t('decide.denyMany', { count }) : t('decide.grantMany', { count }),
        submit: isDenial ? t('decide.deny') : t('decide.grant'),
        message: t('decide.message'),
      }}
      hasNotes
      note={requests.some(({ queue }) => queue === 'others') && <Text size="sm">{t('decide.overridesMany')}</Text>}
      onClose={onClose}
      onDone={onDone}
    />
  )
}
