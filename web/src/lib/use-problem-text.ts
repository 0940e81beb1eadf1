import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '../api/problem.ts'

/** What a refusal says, in the reader's language. The service speaks English and is more exact; other languages go by its code. */
export function useProblemText(): (problem: ApiProblem) => string {
  const { t, i18n } = useTranslation()
  const known: Record<string, string> = t('problem', { returnObjects: true })
  return (problem) => {
    if (problem.status === 0 || problem.status >= 500)
      return problem.code === 'connector_refused' ? problem.message : t('problem.unavailable')
    if (i18n.language === 'en') return problem.message
    return known[problem.code] ?? problem.message
  }
}
