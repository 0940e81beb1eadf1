import { type MantineColorScheme, Menu, Stack, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { Link, type LinkProps } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Language, languages } from '../../i18n/i18n.ts'
import { PersonAvatar } from '../ui/avatar.tsx'
import { Icon } from '../ui/icon.tsx'

interface AccountMenuProps {
  name: string
  email: string
  /** The other portal, for screens without room for it in the header. */
  other?: { to: NonNullable<LinkProps['to']>; label: string } | undefined
  /** Where one's own sessions and password are. */
  sessionsPath: NonNullable<LinkProps['to']>
  /** Where one's own API tokens are. */
  tokensPath: NonNullable<LinkProps['to']>
  /** Where one's own language, time zone and mails are. */
  preferencesPath: NonNullable<LinkProps['to']>
  onLanguage: (language: Language) => void
  onSignOut: () => void
}

/** Who I am, how the portal looks and speaks, and the way out. */
export function AccountMenu({ name, email, other, onLanguage, onSignOut, ...paths }: AccountMenuProps) {
  const { sessionsPath, tokensPath, preferencesPath } = paths
  const { t } = useTranslation()
  return (
    <Menu position="bottom-end" width={260} withinPortal>
      <Menu.Target>
        <UnstyledButton aria-label={t('account.menu', { name })} style={{ borderRadius: 999 }}>
          <PersonAvatar name={name} size={34} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Stack gap={0} px="sm" py={6}>
          <Text size="sm" fw={600} className="gh-break">
            {name}
          </Text>
          <Text size="xs" c="dimmed" className="gh-break">
            {email}
          </Text>
        </Stack>
        <Menu.Divider />
        <SchemeItems />
        <Menu.Divider />
        <LanguageItems onLanguage={onLanguage} />
        <Menu.Divider />
        {other && (
          <Menu.Item
            component={Link}
            to={other.to}
            leftSection={<Icon name="chevronRight" size={16} />}
            hiddenFrom="sm"
          >
            {other.label}
          </Menu.Item>
        )}
        <Menu.Item component={Link} to={sessionsPath} leftSection={<Icon name="shield" size={16} />}>
          {t('nav.sessions')}
        </Menu.Item>
        <Menu.Item component={Link} to={preferencesPath} leftSection={<Icon name="settings" size={16} />}>
          {t('nav.preferences')}
        </Menu.Item>
        <Menu.Item component={Link} to={tokensPath} leftSection={<Icon name="key" size={16} />}>
          {t('nav.apiTokens')}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="signOut" size={16} />} onClick={onSignOut}>
          {t('account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function SchemeItems() {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Menu.RadioGroup value={colorScheme} onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}>
      <Menu.Label>{t('account.scheme')}</Menu.Label>
      {(['light', 'dark', 'auto'] as const).map((scheme) => (
        <Menu.RadioItem key={scheme} value={scheme}>
          {t(`account.${scheme}`)}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  )
}

function LanguageItems({ onLanguage }: Pick<AccountMenuProps, 'onLanguage'>) {
  const { t, i18n } = useTranslation()
  return (
    <Menu.RadioGroup value={i18n.language} onChange={(language) => onLanguage(language as Language)}>
      <Menu.Label>{t('account.language')}</Menu.Label>
      {Object.entries(languages).map(([language, name]) => (
        <Menu.RadioItem key={language} value={language} lang={language}>
          {name}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  )
}
