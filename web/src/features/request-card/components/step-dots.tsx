import { Group, Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RequestSummary } from '../../../api/types.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { stepLooks } from '../step-looks.ts'
import { useStepName } from '../use-step-name.ts'
import classes from './timeline.module.css'

type Steps = RequestSummary['progress']['steps']

/** The steps of a request as a row of signs, one each: its state by sign and colour, and in words. */
export function StepDots({ steps }: { steps: Steps }) {
  const { t } = useTranslation('requests')
  const nameOf = useStepName()
  return (
    <Group gap={3} wrap="nowrap" component="span" display="inline-flex">
      {steps.map((step) => {
        const { icon, color } = stepLooks[step.state]
        const words = `${nameOf(step)}: ${t(`step.state.${step.state}`)}`
        return (
          <Tooltip key={step.order} label={words}>
            <span
              role="img"
              aria-label={words}
              className={classes.stepDot}
              data-state={step.state}
              style={
                {
                  '--dot': `var(--mantine-color-${color}-light-color)`,
                  '--ground': `var(--mantine-color-${color}-light)`,
                } as React.CSSProperties
              }
            >
              <Icon name={icon} size={11} />
            </span>
          </Tooltip>
        )
      })}
    </Group>
  )
}
