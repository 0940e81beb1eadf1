import { ActionIcon, Tooltip } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { Icon } from '../../../components/ui/icon.tsx'
import { texts } from '../../../i18n/i18n.ts'
import { lazy } from '../../../lib/lazy.ts'
import type { Place } from '../use-found.ts'

const FinderDialog = lazy(async () => {
  await texts('finder')({ preload: false })
  return (await import('./finder-dialog.tsx')).FinderDialog
})

/** The button that searches the whole portal; Ctrl K (on a Mac Cmd K) does the same. */
export function Finder({ places }: { places: readonly Place[] }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    function press(event: globalThis.KeyboardEvent): void {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
      // A dialog that asks something stays in front.
      if (document.querySelector('[role="dialog"]')) return
      event.preventDefault()
      setOpen(true)
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
  return (
    <>
      <Tooltip label={`${t('action.find')} (Ctrl K)`}>
        <ActionIcon aria-label={t('action.find')} aria-keyshortcuts="Control+K Meta+K" onClick={() => setOpen(true)}>
          <Icon name="search" />
        </ActionIcon>
      </Tooltip>
      <DialogSlot>{isOpen && <FinderDialog places={places} onClose={() => setOpen(false)} />}</DialogSlot>
    </>
  )
}
