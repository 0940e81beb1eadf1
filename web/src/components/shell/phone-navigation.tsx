import { Drawer } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Navigation, type NavigationGroup } from './navigation.tsx'

/** The navigation of a portal as a drawer, for phones. */
export function PhoneNavigation({
  title,
  groups,
  onClose,
}: {
  title: string
  groups: NavigationGroup[]
  onClose: () => void
}) {
  const { t } = useTranslation()
  return (
    <Drawer opened onClose={onClose} size={290} title={title} closeButtonProps={{ 'aria-label': t('nav.close') }}>
      <Navigation label={t('nav.label')} groups={groups} onFollow={onClose} />
    </Drawer>
  )
}
