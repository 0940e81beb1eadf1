import { useBlocker } from '@tanstack/react-router'
import { isSessionReplaced } from '../../api/session-identity.ts'
import { lazy } from '../../lib/lazy.ts'
import { DialogSlot } from './dialog-slot.tsx'

const LeaveDialog = lazy(async () => (await import('./leave-dialog.tsx')).LeaveDialog)

/** Asks before a page is left with changes that are not saved. */
export function LeaveGuard({ losesWork }: { losesWork: () => boolean }) {
  const isAsking = () => losesWork() && !isSessionReplaced()
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
