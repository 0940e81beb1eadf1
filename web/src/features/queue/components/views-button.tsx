import { Menu, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { Icon } from '../../../components/ui/icon.tsx'
import { viewOptions } from '../default-view.ts'
import { lockedView, type QueueSearch } from '../queue-search.ts'
import type { ViewDialog } from '../saved-views.ts'
import { preloadViewsMenu, ViewDialogs, ViewsMenu } from './dialogs.ts'
import classes from './queue.module.css'

export interface ViewsButtonProps {
  search: QueueSearch
  /** What is shown is called by this view from now on, or by none. */
  onView: (view: string | undefined) => void
}

/** What the chosen view is called; nothing for the locked one, and for one that is gone. */
function useViewName({ view }: QueueSearch): string | undefined {
  const id = view === lockedView ? undefined : view
  const { data, isError } = useQuery({ ...viewOptions(id ?? ''), enabled: id !== undefined })
  return isError ? undefined : data?.name
}

/** Saved views: chosen from a menu, which comes with all that is in it, so that the keyboard is at its first entry at once. */
export function ViewsButton({ search, onView }: ViewsButtonProps) {
  const { t } = useTranslation('requests')
  const name = useViewName(search)
  const [isOpen, setOpen] = useState(false)
  const [dialog, setDialog] = useState<ViewDialog>()

  const open = () =>
    void preloadViewsMenu()
      .catch(() => undefined)
      .finally(() => setOpen(true))

  return (
    <>
      <Menu
        opened={isOpen}
        onChange={(isWanted) => (isWanted ? open() : setOpen(false))}
        position="bottom-start"
        width="min(340px, calc(100vw - 24px))"
      >
        <Menu.Target>
          <UnstyledButton className={`${classes.quick} ${classes.views}`}>
            <span>{name ? t('quick.viewsNow', { name }) : t('quick.views')}</span>
            <Icon name="chevronDown" size={14} />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown style={{ maxHeight: '70dvh', overflowY: 'auto' }}>
          <DialogSlot>
            <ViewsMenu search={search} onDialog={setDialog} />
          </DialogSlot>
        </Menu.Dropdown>
      </Menu>
      <DialogSlot>
        {dialog && <ViewDialogs dialog={dialog} search={search} onView={onView} onClose={() => setDialog(undefined)} />}
      </DialogSlot>
    </>
  )
}
