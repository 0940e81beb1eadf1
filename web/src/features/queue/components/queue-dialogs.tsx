import type { AccessRequest, RequestSummary } from '../../../api/types.ts'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { BulkDialog, DenyDialog, GrantDialog, ShortcutsDialog } from './dialogs.ts'
import type { DecisionAction } from './request-details.tsx'

/** The one dialog that is open. */
export type OpenDialog =
  | { kind: DecisionAction; request: AccessRequest }
  | { kind: 'bulk'; action: DecisionAction; requests: RequestSummary[] }
  | { kind: 'help' }

interface QueueDialogsProps {
  dialog: OpenDialog | undefined
  viewerId: string
  onClose: () => void
  onBulkDone: (decidedIds: string[]) => void
  /** One request was decided, by the dialog that closes then. */
  onDecided?: (id: string) => void
}

export function QueueDialogs({ dialog, viewerId, onClose, onBulkDone, onDecided }: QueueDialogsProps) {
  return (
    <DialogSlot>
      {dialog?.kind === 'grant' && (
        <GrantDialog request={dialog.request} viewerId={viewerId} onClose={onClose} onDecided={onDecided} />
      )}
      {dialog?.kind === 'deny' && (
        <DenyDialog request={dialog.request} viewerId={viewerId} onClose={onClose} onDecided={onDecided} />
      )}
      {dialog?.kind === 'bulk' && (
        <BulkDialog action={dialog.action} requests={dialog.requests} onClose={onClose} onDone={onBulkDone} />
      )}
      {dialog?.kind === 'help' && <ShortcutsDialog onClose={onClose} />}
    </DialogSlot>
  )
}
