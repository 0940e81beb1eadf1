import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DialogFrame } from '../../requests/components/dialog-frame.tsx'

/** Asks before changes are lost. */
export function LeaveDialog({ onLeave, onStay }: { onLeave: () => void; onStay: () => void }) {
  const { t } = useTranslation('settings')
  return (
    <DialogFrame
      title={t('leaveTitle')}
      submitLabel={t('leave')}
      isDangerous
      isBusy={false}
      onSubmit={onLeave}
      onClose={onStay}
    >
      <Text>{t('leaveText')}</Text>
    </DialogFrame>
  )
}
