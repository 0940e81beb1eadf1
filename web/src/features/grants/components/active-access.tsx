import { type ReactNode, useState } from 'react'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { Nothing } from '../../../components/ui/states.tsx'
import { type Grant } from '../use-revoke.ts'
import { ExtendDialog, RevokeDialog } from './dialogs.ts'
import { GrantsTable } from './grants-table.tsx'
import { SelectionBar } from './selection-bar.tsx'

const none: ReadonlySet<string> = new Set()

/**
 * One page of grants, with what can be done with them; `children` stands there when there are none.
 * The results of a revocation stay in sight although it has emptied the page.
 */
export function ActiveAccess({ grants, children }: { grants: Grant[]; children: ReactNode }) {
  const [selectedIds, setSelectedIds] = useState(none)
  const [asked, setAsked] = useState<Grant[]>()
  const [extended, setExtended] = useState<Grant>()
  // Rows that have gone meanwhile do not count.
  const selected = grants.filter(({ id }) => selectedIds.has(id))
  return (
    <>
      <Nothing isThere={grants.length === 0}>{children}</Nothing>
      {grants.length > 0 && (
        <GrantsTable
          grants={grants}
          selectedIds={selectedIds}
          onSelect={setSelectedIds}
          onRevoke={(grant) => setAsked([grant])}
          onExtend={setExtended}
        />
      )}
      <SelectionBar count={selected.length} onRevoke={() => setAsked(selected)} onClear={() => setSelectedIds(none)} />
      <DialogSlot>
        {asked && (
          <RevokeDialog
            grants={asked}
            onClose={(isDone) => {
              setAsked(undefined)
              if (isDone) setSelectedIds(none)
            }}
          />
        )}
        {extended && <ExtendDialog grant={extended} onClose={() => setExtended(undefined)} />}
      </DialogSlot>
    </>
  )
}
