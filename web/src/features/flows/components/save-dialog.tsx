import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'

interface SaveDialogProps {
  openRequests: number
  /** The change switches the flow off. */
  isDisabling: boolean
  isBusy: boolean
  onSave: () => void
  onClose: () => void
}

/** Says what a change means to the open requests before it is made. */
export function SaveDialog({ openRequests, isDisabling, isBusy, onSave, onClose }: SaveDialogProps) {
  const { t } = useTranslation('flows')
  const act = isDisabling ? 'disable' : 'change'
  return (
    <DialogFrame
      title={t(`confirm.${act}Title`, { count: openRequests })}
      submitLabel={t(`confirm.${act}`)}
      isDangerous={isDisabling}
      isBusy={isBusy}
      onSubmit={onSave}
      onClose={onClose}
    >
      <Text>
        {t(isDisabling ? 'cancels' : 'confirm.keeps', { count: openRequests })} {isDisabling && t('stays')}
      </Text>
    </DialogFrame>
  )
}
