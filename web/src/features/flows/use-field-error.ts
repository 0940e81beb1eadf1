import { useTranslation } from 'react-i18next'
import type { FlowEditorState } from './use-flow-editor.ts'

/** What is wrong with the field of this path, in words: what is lacking, else what the service refused. */
export function useFieldError({ lacks, problem }: Pick<FlowEditorState, 'lacks' | 'problem'>) {
  const { t } = useTranslation('flows')
  return (path: string): string | undefined => {
    const lack = lacks[path]
    return lack ? t(`lack.${lack}`) : problem?.fieldMessage(path)
  }
}
