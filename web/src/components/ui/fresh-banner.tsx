import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './fresh-banner.module.css'
import { Icon } from './icon.tsx'

/** New rows wait here until they are wanted. It floats: nothing moves under the pointer, neither by it nor by them. */
export function FreshBanner({ count, onShow }: { count: number; onShow: () => void }) {
  const { t } = useTranslation('requests')
  return (
    <div role="status" className={classes.fresh}>
      {count > 0 && (
        <Button size="xs" radius="xl" leftSection={<Icon name="refresh" size={14} />} onClick={onShow}>
          {t('queue.fresh', { count })} – {t('queue.showFresh')}
        </Button>
      )}
    </div>
  )
}
