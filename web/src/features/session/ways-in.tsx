import { Alert, Anchor, Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import type { components } from '../../api/schema.d.ts'
import { Icon } from '../../components/ui/icon.tsx'
import { Loading } from '../../components/ui/states.tsx'
import { SignInForm } from './sign-in-form.tsx'

type Provider = NonNullable<components['schemas']['SignInOptions']['provider']>

interface WaysInProps {
  /** Where to go on to. */
  next: string
  /** Once somebody has signed in here, with a password. */
  onDone: () => void
}

/** The ways of signing in that work here, and nothing of those that do not. */
export function WaysIn({ next, onDone }: WaysInProps) {
  const { t } = useTranslation('providers')
  const [isAsked, setIsAsked] = useState(false)
  const { data, error, refetch, isFetching } = $api.useQuery('get', '/session/options', undefined, { retry: false })
  // When the ways cannot be told, the form says what is wrong with the service.
  if (!data) return error ? <SignInForm onDone={onDone} /> : <Loading />
  const { password, provider } = data
  if (!provider) return <SignInForm onDone={onDone} />
  const isHidden = password === 'administrators' && provider.reachable && !isAsked
  return (
    <Stack gap="md">
      <ByProvider provider={provider} next={next} isBusy={isFetching} onAgain={() => void refetch()} />
      {password !== 'off' && (
        <Text size="sm" c="dimmed" ta="center">
          {t('or')}
        </Text>
      )}
      {password !== 'off' && isHidden && (
        <Anchor component="button" type="button" ta="center" onClick={() => setIsAsked(true)}>
          {t('administrators')}
        </Anchor>
      )}
      {password !== 'off' && !isHidden && <SignInForm onDone={onDone} isSecond={provider.reachable && !isAsked} />}
    </Stack>
  )
}

interface ByProviderProps {
  provider: Provider
  next: string
  isBusy: boolean
  onAgain: () => void
}

function ByProvider({ provider: { name, startUrl, reachable }, next, isBusy, onAgain }: ByProviderProps) {
  const { t } = useTranslation('providers')
  if (!reachable)
    return (
      <Alert role="status" color="yellow" icon={<Icon name="alert" />} title={t('away', { name })}>
        <Button variant="default" size="xs" loading={isBusy} onClick={onAgain}>
          {t('again')}
        </Button>
      </Alert>
    )
  return (
    <Button
      component="a"
      href={`${startUrl}?${new URLSearchParams({ next })}`}
      fullWidth
      h="auto"
      mih={36}
      py={7}
      styles={{ label: { whiteSpace: 'normal', height: 'auto', overflow: 'visible' } }}
      data-autofocus
    >
      {t('by', { name })}
    </Button>
  )
}
