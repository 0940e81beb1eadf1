import type { StepState } from '../../api/types.ts'
import type { IconName } from '../../components/ui/icon.tsx'

/** How each state of a step looks: never by its colour alone. */
export const stepLooks: Record<StepState, { icon: IconName; color: string }> = {
  waiting: { icon: 'hourglass', color: 'gray' },
  current: { icon: 'clock', color: 'blue' },
  approved: { icon: 'check', color: 'green' },
  denied: { icon: 'x', color: 'red' },
  missing: { icon: 'alert', color: 'orange' },
  overridden: { icon: 'skip', color: 'gray' },
  skipped: { icon: 'minus', color: 'gray' },
}
