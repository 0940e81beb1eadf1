import { Button, Group } from '@mantine/core'
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../api/problem.ts'
import { Failed, NotFound, State } from '../components/ui/states.tsx'

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
  if (error instanceof ApiProblem) {
    return (
      <Failed
        error={error}
        retry={() => {
          reset()
          void router.invalidate()
        }}
      />
    )
  }
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
