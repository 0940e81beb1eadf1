import { useTranslation } from 'react-i18next'
import type { RequestSummary } from '../../../api/types.ts'
import { BulkBar } from '../../request-card/components/bulk-bar.tsx'
import type { useSelection } from '../../request-card/use-selection.ts'
import type { QueueSearch } from '../queue-search.ts'
import type { DecisionAction } from './request-details.tsx'
import { SelectMatching } from './select-matching.tsx'

interface SelectedBarProps {
  /** The rows of this page. */
  shown: readonly RequestSummary[]
  search: QueueSearch
  selection: ReturnType<typeof useSelection<RequestSummary>>
  onDecide: (action: DecisionAction) => void
}

/** Grant Access and Deny Access for what is selected, and the way to select more. */
export function SelectedBar({ shown, search, selection, onDecide }: SelectedBarProps) {
  const { t } = useTranslation('requests')
  return (
    <BulkBar
      selected={selection.requests}
      shown={shown}
      answers={{
        grant: { label: t('decide.grant'), onClick: () => onDecide('grant') },
        deny: { label: t('decide.deny'), onClick: () => onDecide('deny') },
      }}
      onClear={() => selection.set([])}
    >
      {selection.isWholePage && (
        <SelectMatching search={search} selected={selection.requests.length} onFound={selection.replace} />
      )}
    </BulkBar>
  )
}
