import { Button, Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { apiBase, querySerializer } from '../../api/client.ts'
import { Icon } from './icon.tsx'

interface ExportMenuProps {
  /** Of the API, such as `/access-requests/export`. */
  path: string
  /** What is shown: filters, search and order. */
  query: Record<string, unknown>
}

/** Everything that is shown as a file, every page of it. */
export function ExportMenu({ path, query }: ExportMenuProps) {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="download" size={16} />}>
          {t('action.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['json', 'csv'] as const).map((format) => (
          <Menu.Item
            key={format}
            component="a"
            href={`${apiBase}${path}?${querySerializer({ ...query, format })}`}
            download
          >
            {format.toUpperCase()}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
