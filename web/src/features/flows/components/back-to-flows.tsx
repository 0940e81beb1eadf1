import { useTranslation } from 'react-i18next'
import { Icon } from '../../../components/ui/icon.tsx'
import { AnchorLink } from '../../../components/ui/link.tsx'

export function BackToFlows() {
  const { t } = useTranslation('flows')
  return (
    <AnchorLink to="/admin/flows" size="sm" mb={8} display="inline-flex">
      <Icon name="arrowLeft" size={18} /> {t('title')}
    </AnchorLink>
  )
}
