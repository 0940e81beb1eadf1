import { Alert, Button, Stack, Text } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EntryFrame } from '../components/shell/entry-frame.tsx'
import { Icon } from '../components/ui/icon.tsx'
import { AnchorLink } from '../components/ui/link.tsx'
import { failureOf, isForAdministrators, isOfAccount } from '../features/session/sign-in-failures.ts'
import { localAddress } from '../lib/local-address.ts'

const route = getRouteApi('/sign-in-problem')

/** Where whoever was to sign in once more would have come back to. */
const signedInAgain = '/signed-in-again'

/** Says why somebody who came from the identity provider was not let in. Of the address it shows nothing. */
export function SignInProblemPage() {
  const { t } = useTranslation('providers')
  const { code, next } = route.useSearch()
  const address = localAddress(next) ?? '/'
  const failure = failureOf(code)
  const isFresh = address === signedInAgain
  const how = { ...(isFresh ? { fresh: '1' } : {}), ...(isOfAccount(failure) ? { again: '1' } : {}) }
  return (
    <EntryFrame title={t('problem.title')} intro="">
      <Stack gap="md">
        <Alert color="red" icon={<Icon name="alert" />}>
          {failure ? t(`failure.${failure}`) : t('problem.unknownCode')}
        </Alert>
        {failure && isForAdministrators(failure) && <Text size="sm">{t('problem.ofAdministrators')}</Text>}
        <Button component="a" href={`/auth/oidc/start?${new URLSearchParams({ next: address, ...how })}`} fullWidth>
          {t('problem.again')}
        </Button>
        {!isFresh && (
          <AnchorLink to="/sign-in" search={{ next: address }} ta="center">
            {t('problem.otherWay')}
          </AnchorLink>
        )}
      </Stack>
    </EntryFrame>
  )
}
