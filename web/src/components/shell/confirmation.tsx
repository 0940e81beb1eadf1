import { useSyncExternalStore } from 'react'
import { answerConfirmation, isConfirmationAsked, subscribeToConfirmation } from '../../api/confirmation.ts'
import { texts } from '../../i18n/i18n.ts'
import { lazy } from '../../lib/lazy.ts'
import { DialogSlot } from '../ui/dialog-slot.tsx'

const ConfirmDialog = lazy(async () => {
  await texts('providers')({ preload: false })
  return (await import('./confirm-dialog.tsx')).ConfirmDialog
})

/** Where somebody is asked to show once more that it is they, above whatever dialog is open. */
export function Confirmation() {
  const isAsked = useSyncExternalStore(subscribeToConfirmation, isConfirmationAsked)
  return <DialogSlot>{isAsked && <ConfirmDialog onAnswer={answerConfirmation} />}</DialogSlot>
}
