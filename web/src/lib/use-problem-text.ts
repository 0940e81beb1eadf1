import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '../api/problem.ts'

/** Their messages carry the connected system's own words, which say what to do there. */
const ofConnectors = new Set(['connector_refused', 'connector_unavailable'])

/** What a refusal says, in the reader's language. The service speaks English and is more exact; other languages go by its code. */
export function useProblemText(): (problem: ApiProblem) => string {
  const { t, i18n } = useTranslation()
  const byCode: Record<string, string> = t('problem', { returnObjects: true })
  const byConflict: Record<string, string> = t('conflict', { returnObjects: true })
  return (problem) => {
    const { code, message } = problem
    const isForeign = ofConnectors.has(code)
    if (!isForeign && (problem.status === 0 || problem.status >= 500)) return t('problem.service_unavailable')
    if (i18n.language === 'en') return message
    const conflict = code === 'conflict' ? byConflict[problem.problem.current ?? ''] : undefined
    const text = conflict ?? byCode[code]
    return text && isForeign ? `${text} ${message}` : (text ?? message)
  }
}
