import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '../api/problem.ts'

/** Their messages carry the connected system's own words, which say what to do there. */
const ofConnectors = new Set(['connector_refused', 'connector_unavailable'])

/** What a refusal says, in the reader's language. The service speaks English and is more exact; other languages go by its code. */
export function useProblemText(): (problem: ApiProblem) => string {
  const { t, i18n } = useTranslation()
  const known: Record<string, string> = t('problem', { returnObjects: true })
  return (problem) => {
    const isForeign = ofConnectors.has(problem.code)
    if (!isForeign && (problem.status === 0 || problem.status >= 500)) return t('problem.unavailable')
    if (i18n.language === 'en') return problem.message
    const text = known[problem.code]
    return text && isForeign ? `${text} ${problem.message}` : (text ?? problem.message)
  }
}
