import { Button, Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { apiBase, ensureFresh, querySerializer } from '../../api/client.ts'
import { Icon } from './icon.tsx'

interface ExportMenuProps {
  /** Of the API, such as `/access-requests/export`. */
  path: string
  /** What is shown: filters, search and order. */
  query: Record<string, unknown>
  /** The service gives it only after a fresh sign-in. */
  asksForFreshSignIn?: boolean
}

/** Everything that is shown as a file, every page of it. */
export function ExportMenu({ path, query, asksForFreshSignIn = false }: ExportMenuProps) {
  const { t, i18n } = useTranslation()
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()

  async function download(address: string): Promise<void> {
    if (await ensureFresh()) window.location.assign(address)
  }

  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="download" size={16} />}>
          {t('action.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['json', 'csv'] as const).map((format) => {
          const style = format === 'csv' ? { language: i18n.language, timeZone } : {}
          const address = `${apiBase}${path}?${querySerializer({ ...query, format, ...style })}`
          return (
            <Menu.Item
              key={format}
              component="a"
              href={address}
              download
              onClick={(event) => {
                if (!asksForFreshSignIn) return
                event.preventDefault()
                void download(address)
              }}
            >
              {format.toUpperCase()}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
