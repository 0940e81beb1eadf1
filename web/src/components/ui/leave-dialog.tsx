import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DialogFrame } from './dialog-frame.tsx'

/** Asks before changes are lost. */
export function LeaveDialog({ onLeave, onStay }: { onLeave: () => void; onStay: () => void }) {
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
      <Text>{t('leave.text')}</Text>
    </DialogFrame>
  )
}
