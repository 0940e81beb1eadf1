import { Button, Group } from '@mantine/core'
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { useCallback, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../api/problem.ts'
import { Failed, NotFound, State } from '../components/ui/states.tsx'
import { useIsConnected } from '../lib/connection.ts'

/** An address that no page has. */
export function UnknownPage() {
  const { t } = useTranslation()
  return (
    <NotFound
      order={1}
      action={
        <Button component={Link} to="/" variant="default">
          {t('product')}
        </Button>
      }
    />
  )
}

/** A page that could not be shown: no answer from the service, or a fault of ours (a new version has other files, too). */
export function BrokenPage({ error, reset, order = 1 }: ErrorComponentProps & { order?: 1 | 2 }) {
  const { t } = useTranslation()
  const router = useRouter()
  const isConnected = useIsConnected()
  const isLost = error instanceof ApiProblem && error.status === 0
  const retry = useCallback(() => {
    reset()
    void router.invalidate()
  }, [reset, router])
  // A connection that was lost comes back by itself, and the page with it.
  useEffect(() => {
    if (isConnected && isLost) retry()
  }, [isConnected, isLost, retry])
  if (error instanceof ApiProblem) return <Failed error={error} retry={retry} order={order} />
  return (
    <div role="alert">
      <State
        icon="alert"
        color="red"
        order={order}
        title={t('state.brokenTitle')}
        action={
          <Group>
            <Button variant="default" onClick={() => window.location.reload()}>
              {t('state.reload')}
            </Button>
          </Group>
        }
      >
        {t('state.brokenText')}
      </State>
    </div>
  )
}

/** The same for what opens over a page that is there. */
export function BrokenPart(props: ErrorComponentProps) {
  return <BrokenPage {...props} order={2} />
}

/** The same where there is no portal around it. */
export function UnknownAddress() {
  return (
    <main>
      <UnknownPage />
    </main>
  )
}

export function BrokenStart(props: ErrorComponentProps) {
  return (
    <main>
      <BrokenPage {...props} />
    </main>
  )
}
