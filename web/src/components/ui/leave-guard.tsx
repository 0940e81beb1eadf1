import { useBlocker } from '@tanstack/react-router'
import { hasBecomeSomebodyElses } from '../../api/session.ts'
import { late } from '../../lib/late.ts'
import { DialogSlot } from './dialog-slot.tsx'

const LeaveDialog = late(async () => (await import('./leave-dialog.tsx')).LeaveDialog)

/** Asks before a page is left with changes that are not saved. */
export function LeaveGuard({ losesWork }: { losesWork: () => boolean }) {
  const isAsking = () => losesWork() && !hasBecomeSomebodyElses()
  const leaving = useBlocker({
    // Who has been signed out is led away in any case.
    shouldBlockFn: ({ next }) => next.pathname !== '/sign-in' && isAsking(),
    enableBeforeUnload: isAsking,
    withResolver: true,
  })
  return (
    <DialogSlot>
      {leaving.status === 'blocked' && <LeaveDialog onLeave={leaving.proceed} onStay={leaving.reset} />}
    </DialogSlot>
  )
}
