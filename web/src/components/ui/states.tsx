/** What a page or list shows when it has nothing to show: each says why, and what can be done. */
import { Button, Center, Code, Loader, Stack, Text, ThemeIcon, Title, VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { toProblem } from '../../api/problem.ts'
import { useProblemText } from '../../lib/use-problem-text.ts'
import { Icon, type IconName } from './icon.tsx'

interface StateProps {
  icon: IconName
  title: string
  children?: ReactNode
  action?: ReactNode
  color?: string
  /** 1 where this is all there is on the page. */
  order?: 1 | 2
}

export function State({ icon, title, children, action, color = 'gray', order = 2 }: StateProps) {
  return (
    <Center mih={260} p="lg">
      <Stack align="center" gap="sm" maw={440}>
        <ThemeIcon variant="light" color={color} size={52} radius="xl">
          <Icon name={icon} size={26} />
        </ThemeIcon>
        <Title order={order} size="h3" ta="center">
          {title}
        </Title>
        {children && (
          <Text component="div" c="dimmed" size="sm" ta="center">
            {children}
          </Text>
        )}
        {action}
      </Stack>
    </Center>
  )
}

/** Stands where a list is, so that it is told when nothing is found: `children` say so. */
export function Nothing({ isThere, children }: { isThere: boolean; children: ReactNode }) {
  return <div role="status">{isThere && children}</div>
}

/** Appears only when loading takes long enough to be noticed. */
export function Loading() {
  const { t } = useTranslation()
  return (
    <Center mih={260} className="gh-delayed" role="status">
      <Loader aria-hidden="true" />
      <VisuallyHidden>{t('state.loading')}</VisuallyHidden>
    </Center>
  )
}

/** Tells a lost connection, a refusal and a fault apart. */
interface FailedProps {
  error: unknown
  retry?: () => void
  /** 1 where this is all there is on the page. */
  order?: 1 | 2
}

export function Failed({ error, retry, order = 2 }: FailedProps) {
  const { t } = useTranslation()
  const textOf = useProblemText()
  const problem = toProblem(error)
  if (problem.status === 403) return <Forbidden order={order} />
  if (problem.status === 404) return <NotFound order={order} />
  const isOffline = problem.status === 0
  return (
    <div role="alert">
      <State
        order={order}
        icon={isOffline ? 'wifiOff' : 'alert'}
        color={isOffline ? 'gray' : 'red'}
        title={isOffline ? t('state.offlineTitle') : t('state.failedTitle')}
        action={
          retry && (
            <Button variant="default" onClick={retry} leftSection={<Icon name="refresh" size={16} />}>
              {t('action.retry')}
            </Button>
          )
        }
      >
        {isOffline ? t('state.offlineText') : textOf(problem) || t('state.failedText')}
        {problem.problem.requestId && (
          <div>
            <Code>{t('state.requestId', { id: problem.problem.requestId })}</Code>
          </div>
        )}
      </State>
    </div>
  )
}

export function Forbidden({ action, order = 2 }: { action?: ReactNode; order?: 1 | 2 }) {
  const { t } = useTranslation()
  return (
    <State icon="shield" title={t('state.forbiddenTitle')} action={action} order={order}>
      {t('state.forbiddenText')}
    </State>
  )
}

export function NotFound({ action, order }: { action?: ReactNode; order?: 1 | 2 }) {
  const { t } = useTranslation()
  return (
    <State icon="search" title={t('state.notFoundTitle')} action={action} order={order ?? 2}>
      {t('state.notFoundText')}
    </State>
  )
}
