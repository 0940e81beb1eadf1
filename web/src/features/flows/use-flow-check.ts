import { useTranslation } from 'react-i18next'
import type { FlowDraft } from './flow-draft.ts'
import { draftLacks } from './flow-problems.ts'

/** Says what keeps a draft from being saved, by the paths the service names in its own refusals. */
export function useFlowCheck(): (draft: FlowDraft) => Record<string, string> {
  const { t } = useTranslation('flows')
  return (draft) =>
    Object.fromEntries(Object.entries(draftLacks(draft)).map(([path, lack]) => [path, t(`lack.${lack}`)]))
}
