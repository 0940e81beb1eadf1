import { useTranslation } from 'react-i18next'
import type { components } from '../../api/schema.d.ts'

type Approver = components['schemas']['CatalogEntry']['approvers'][number]

/** Who must approve, in words; the service names people and groups, and says the rest in English. */
export function useApproverNames(): (approvers: Approver[]) => string[] {
  const { t, i18n } = useTranslation('asking')
  return (approvers) =>
    approvers.map(({ kind, label }) => {
      if (i18n.language === 'en') return label
      if (kind === 'administrator') return t('administrator')
      if (kind !== 'manager') return label
      const name = /\((.+)\)$/.exec(label)?.[1]
      return name ? `${t('manager')} (${name})` : t('manager')
    })
}
