import { type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { Loading } from '../../../components/ui/states.tsx'
import classes from './panel.module.css'

/** Where the open request stands beside its list. The place is there before what it shows. */
export function SidePlace({ id, children }: { id: string; children: ReactNode }) {
  const { t } = useTranslation('requests')
  return (
    <aside id={`details-${id}`} className={classes.panel} aria-label={t('panel.label')}>
      <DialogSlot>
        <Suspense fallback={<Loading />}>{children}</Suspense>
      </DialogSlot>
    </aside>
  )
}
