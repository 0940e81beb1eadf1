import { Button, Group } from '@mantine/core'
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { useCallback, useEffect, useRef } from 'react'
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
export function BrokenPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation()
  const router = useRouter()
  const isConnected = useIsConnected()
  const isLost = error instanceof ApiProblem && error.status === 0
  const retry = useCallback(() => {
    reset()
    void router.invalidate()
  }, [reset, router])
  // A connection that was lost comes back by itself, and the page with it.
  const wasLost = useRef(false)
  useEffect(() => {
    if (!isConnected) wasLost.current = true
    else if (isLost && wasLost.current) retry()
  }, [isConnected, isLost, retry])
  if (error instanceof ApiProblem) return <Failed error={error} retry={retry} />
  return (
    <div role="alert">
      <State
        icon="alert"
        color="red"
        order={1}
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
