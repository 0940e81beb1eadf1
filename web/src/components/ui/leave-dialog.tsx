import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DialogFrame } from './dialog-frame.tsx'

interface LeaveDialogProps {
  /** A draft of them is kept. */
  isKept: boolean
  onLeave: () => void
  onStay: () => void
}

/** Asks before a page is left with changes that are not saved. */
export function LeaveDialog({ isKept, onLeave, onStay }: LeaveDialogProps) {
  const { t } = useTranslation()
  return (
    <DialogFrame
      title={t('leave.title')}
      submitLabel={t('leave.leave')}
      isDangerous
      isBusy={false}
      onSubmit={onLeave}
      onClose={onStay}
    >
      <Text>{t(isKept ? 'leave.kept' : 'leave.text')}</Text>
    </DialogFrame>
  )
}
