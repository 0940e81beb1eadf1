import { useTranslation } from 'react-i18next'
import type { RequestSummary } from '../../api/types.ts'

/** How far the approvals have come: "1 of 3 approvals"; of an overridden request they no longer count. */
export function useProgressWords(): (request: Pick<RequestSummary, 'decision' | 'progress'>) => string {
  const { t } = useTranslation('requests')
  return ({ decision, progress: { approved, total } }) => {
    if (total === 0) return '–'
    return decision?.override ? t('step.state.overridden') : t('details.progressCount', { approved, total })
  }
}
