import { useSyncExternalStore } from 'react'
import { answerConfirmation, isConfirmationAsked, subscribeToConfirmation } from '../../api/confirmation.ts'
import { lazy } from '../../lib/lazy.ts'
import { DialogSlot } from '../ui/dialog-slot.tsx'

const ConfirmDialog = lazy(async () => (await import('./confirm-dialog.tsx')).ConfirmDialog)

/** Where the password is asked for once more, above whatever dialog is open. */
export function Confirmation() {
  const isAsked = useSyncExternalStore(subscribeToConfirmation, isConfirmationAsked)
  return <DialogSlot>{isAsked && <ConfirmDialog onAnswer={answerConfirmation} />}</DialogSlot>
}
