import { ActionIcon, Paper, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../api/schema.d.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { copyText } from '../../../lib/copy-text.ts'
import classes from './facts.module.css'
import { ProviderTest } from './provider-test.tsx'

type Settings = components['schemas']['SignInSettings']
type Provider = NonNullable<Settings['provider']>

/** What the installation sets of signing in, whether it works, and what to register with the provider. */
export function SignInSettings({ settings: { password, provider, addresses } }: { settings: Settings }) {
  const { t } = useTranslation('providers')
  return (
    <Stack gap="lg" maw={760}>
      <Part id="sign-in-ways" title={t('settings.ways')}>
        <Facts
          facts={[
            [t('settings.password'), t(`settings.passwordOf.${password}`)],
            [t('settings.provider'), provider?.name ?? t('settings.none')],
          ]}
        />
      </Part>
      {provider && (
        <Part id="sign-in-provider" title={t('settings.provider')}>
          <ProviderFacts provider={provider} />
          <ProviderTest />
        </Part>
      )}
      <Part id="sign-in-addresses" title={t('settings.addresses')}>
        <Addresses addresses={addresses} />
      </Part>
    </Stack>
  )
}

function ProviderFacts({ provider }: { provider: Provider }) {
  const { t } = useTranslation('providers')
  const { adminClaim: claim, adminValues } = provider
  return (
    <Facts
      facts={[
        [t('settings.issuer'), provider.issuer],
        [t('settings.clientId'), provider.clientId],
        [t('settings.people'), t(`settings.provision.${provider.provision}`)],
        [t('settings.verifiedClaim'), provider.verifiedClaim],
        [
          t('settings.admins'),
          claim ? t('settings.adminsBy', { claim, values: adminValues.join(', ') }) : t('settings.noAdmins'),
        ],
        [t('settings.acr'), provider.acrValues ?? t('settings.noAcr')],
        [t('settings.identities'), String(provider.identities)],
      ]}
    />
  )
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <Paper component="section" withBorder p="md" aria-labelledby={id}>
      <Title order={2} size="h4" mb="sm" id={id}>
        {title}
      </Title>
      <Stack gap="md" align="flex-start">
        {children}
      </Stack>
    </Paper>
  )
}

function Facts({ facts }: { facts: [string, ReactNode][] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="gh-break">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Addresses({ addresses }: Pick<Settings, 'addresses'>) {
  const { t } = useTranslation('providers')
  const [copied, setCopied] = useState<string>()
  const named = (['redirect', 'signedOut', 'backchannelLogout'] as const).map((name) => {
    const [what, address] = [t(`settings.address.${name}`), addresses[name]]
    const copy = () => void copyText(address, null).then((isCopied) => setCopied(isCopied ? address : undefined))
    const value = (
      <span className={classes.address}>
        <span className="gh-break">{address}</span>
        <ActionIcon variant="subtle" aria-label={t('settings.copyOne', { what })} onClick={copy}>
          <Icon name={copied === address ? 'check' : 'copy'} size={16} />
        </ActionIcon>
      </span>
    )
    return [what, value] as [string, ReactNode]
  })
  return (
    <>
      <Facts facts={named} />
      <Text size="sm" role="status" c="dimmed" className="gh-break">
        {copied && t('settings.copied', { address: copied })}
      </Text>
    </>
  )
}
