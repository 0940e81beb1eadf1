import { useTranslation } from 'react-i18next'
import type { Step } from '../../api/types.ts'

/** Who a step asks, in words: "Requester's manager", "User group Finance (2 of its members)". */
export function useStepName(): (step: Pick<Step, 'kind' | 'label' | 'required'>) => string {
  const { t } = useTranslation('requests')
  return ({ kind, label, required }) => {
    const name = t(`step.${kind}`, { label: ownName(label) })
    if (kind !== 'user_group') return name
    return `${name} (${required === 'all' ? t('step.membersAll') : t('step.members', { count: required })})`
  }
}

/** Labels come as "User group: Finance": the kind is said in the reader's language, the name stays. */
function ownName(label: string): string {
  const end = label.indexOf(': ')
  return end === -1 ? label : label.slice(end + 2)
}
