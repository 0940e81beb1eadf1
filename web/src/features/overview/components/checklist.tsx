import { Button, Group, Progress, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../api/schema.d.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { ButtonLink } from '../../../components/ui/link.tsx'
import classes from '../overview.module.css'
import { Panel } from './panel.tsx'

type Steps = components['schemas']['SetupSteps']

const create = { create: 'true' }

/** In the order in which they are done best, each with the form that does it. */
const ways = [
  { step: 'password', to: '/admin/sessions' },
  { step: 'company', to: '/admin/settings' },
  { step: 'mail', to: '/admin/mails' },
  { step: 'people', to: '/admin/users', search: create },
  { step: 'group', to: '/admin/groups', search: create },
  { step: 'application', to: '/admin/applications', search: create },
  { step: 'flow', to: '/admin/flows/new' },
  { step: 'request', to: '/portal/catalog' },
] as const satisfies { step: keyof Steps; to: string; search?: object }[]

const keyOf = (userId: string) => `gatehouse.checklist-hidden.${userId}`

/** A company works without a name of its own. */
const optional = 'company'

/** The first steps with a new installation, until all that are needed are done or the administrator hides them for themselves. */
export function Checklist({ steps, userId }: { steps: Steps; userId: string }) {
  const { t } = useTranslation('overview')
  const [isHidden, setHidden] = useState(() => localStorage.getItem(keyOf(userId)) !== null)
  const done = ways.filter(({ step }) => steps[step]).length
  const isOver = ways.every(({ step }) => steps[step] || step === optional)
  if (isHidden || isOver) return null

  function hide(): void {
    localStorage.setItem(keyOf(userId), 'true')
    setHidden(true)
  }

  return (
    <Panel
      title={t('setup.title')}
      hint={t('setup.count', { done, count: ways.length })}
      corner={
        <Button variant="default" size="xs" onClick={hide}>
          {t('setup.hide')}
        </Button>
      }
    >
      <Progress value={(done / ways.length) * 100} aria-label={t('setup.title')} />
      <ol className={classes.steps}>
        {ways.map(({ step, ...way }) => (
          <li key={step}>
            <Group gap="sm" wrap="nowrap" align="flex-start">
              <span
                className={classes.mark}
                data-done={steps[step]}
                role="img"
                aria-label={t(steps[step] ? 'setup.done' : 'setup.open')}
              >
                {steps[step] && <Icon name="check" size={14} />}
              </span>
              <div>
                <Text fw={600} size="sm">
                  {t(`setup.${step}.title`)}
                </Text>
                <Text size="sm" c="dimmed">
                  {t(`setup.${step}.text`)}
                </Text>
              </div>
            </Group>
            {!steps[step] && (
              <ButtonLink {...way} size="xs" variant="default">
                {t(`setup.${step}.act`)}
              </ButtonLink>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  )
}
