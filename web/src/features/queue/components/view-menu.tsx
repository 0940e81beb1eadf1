import { ActionIcon, Popover, Tooltip } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { Icon } from '../../../components/ui/icon.tsx'
import { ViewForm } from './dialogs.ts'

/** Which columns are shown, and how densely. */
export function ViewMenu({ viewerId }: { viewerId: string }) {
  const { t } = useTranslation('requests')
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={280} trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Tooltip label={t('view.title')} disabled={isOpen}>
          <ActionIcon size={36} variant="default" aria-label={t('view.title')} onClick={() => setOpen(!isOpen)}>
            <Icon name="settings" />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('view.title')}>
        <DialogSlot>
          <ViewForm viewerId={viewerId} />
        </DialogSlot>
      </Popover.Dropdown>
    </Popover>
  )
}
