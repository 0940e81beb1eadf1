import type { AccessRequest } from '../../../api/types.ts'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { BulkDialog, DenyDialog, GrantDialog, ShortcutsDialog } from './dialogs.ts'
import type { DecisionAction } from './request-details.tsx'

/** The one dialog that is open. */
export type OpenDialog =
  | { kind: DecisionAction; request: AccessRequest }
  | { kind: 'bulk'; action: DecisionAction; requests: AccessRequest[] }
  | { kind: 'help' }

interface QueueDialogsProps {
  dialog: OpenDialog | undefined
  onClose: () => void
  onBulkDone: (decidedIds: string[]) => void
}

export function QueueDialogs({ dialog, onClose, onBulkDone }: QueueDialogsProps) {
  return (
    <DialogSlot>
      {dialog?.kind === 'grant' && <GrantDialog request={dialog.request} onClose={onClose} />}
      {dialog?.kind === 'deny' && <DenyDialog request={dialog.request} onClose={onClose} />}
      {dialog?.kind === 'bulk' && (
        <BulkDialog action={dialog.action} requests={dialog.requests} onClose={onClose} onDone={onBulkDone} />
      )}
      {dialog?.kind === 'help' && <ShortcutsDialog onClose={onClose} />}
    </DialogSlot>
  )
}
