import { useBlocker } from '@tanstack/react-router'
import { isSessionReplaced } from '../../api/session-identity.ts'
import { lazy } from '../../lib/lazy.ts'
import { DialogSlot } from './dialog-slot.tsx'

const LeaveDialog = lazy(async () => (await import('./leave-dialog.tsx')).LeaveDialog)

interface LeaveGuardProps {
  losesWork: () => boolean
  /** What was typed is kept as a draft, and is there again when somebody comes back. */
  isKept?: boolean
}

/** Asks before a page is left with changes that are not saved. */
export function LeaveGuard({ losesWork, isKept = false }: LeaveGuardProps) {
  const isAsking = () => losesWork() && !isSessionReplaced()
  const leaving = useBlocker({
    // Who has been signed out is led away in any case.
    shouldBlockFn: ({ next }) => next.pathname !== '/sign-in' && isAsking(),
    enableBeforeUnload: isAsking,
    withResolver: true,
  })
  return (
    <DialogSlot>
      {leaving.status === 'blocked' && <LeaveDialog isKept={isKept} onLeave={leaving.proceed} onStay={leaving.reset} />}
    </DialogSlot>
  )
}
