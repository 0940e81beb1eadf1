import { ActionIcon, Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../api/schema.d.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { MenuLink } from '../../../components/ui/menu-link.tsx'

type Application = components['schemas']['MyApplication']

interface TileMenuProps {
  application: Application
  onReturn: () => void
}

/** What a person can do with access that a request gave: ask for more of it, or give it back. */
export function TileMenu({ application, onReturn }: TileMenuProps) {
  const { t } = useTranslation('portal')
  const { name, via, until } = application
  const extensible = until === null ? [] : via.flatMap(({ approvalFlow }) => (approvalFlow?.isOpen ? approvalFlow : []))
  if (via.every(({ grantId }) => grantId === null)) return null
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon ml="auto" aria-label={t('applications.actions', { name })}>
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {extensible.map(({ id, name: flow }) => (
          <MenuLink
            key={id}
            to="/portal/catalog/$flowId"
            params={{ flowId: id }}
            leftSection={<Icon name="clock" size={16} />}
          >
            {t('applications.extend', { flow })}
          </MenuLink>
        ))}
        <Menu.Item leftSection={<Icon name="x" size={16} />} onClick={onReturn}>
          {t('applications.return')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
