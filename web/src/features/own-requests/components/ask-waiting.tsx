import { Modal } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failed, Loading } from '../../../components/ui/states.tsx'

/** Quick answers need no word. Milliseconds. */
const lateMs = 600

interface AskWaitingProps {
  error: unknown
  onRetry: () => void
  onClose: () => void
}

/** Stands where the ask dialog will be, once that takes long enough to be noticed or has failed. */
export function AskWaiting({ error, onRetry, onClose }: AskWaitingProps) {
  const { t } = useTranslation(['asking', 'common'])
  const [isLate, setIsLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsLate(true), lateMs)
    return () => clearTimeout(timer)
  }, [])
  if (!error && !isLate) return null
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('ask')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      {error ? <Failed error={error} retry={onRetry} /> : <Loading />}
    </Modal>
  )
}
