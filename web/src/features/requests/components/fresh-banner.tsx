import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../components/ui/icon.tsx'

/** New rows wait here until they are wanted: nothing moves under the pointer. */
export function FreshBanner({ count, onShow }: { count: number; onShow: () => void }) {
  const { t } = useTranslation('requests')
  return (
    <div role="status">
      {count > 0 && (
        <Group justify="center" mb="sm">
          <Button
            size="xs"
            radius="xl"
            variant="light"
            leftSection={<Icon name="refresh" size={14} />}
            onClick={onShow}
          >
            {t('queue.fresh', { count })} – {t('queue.showFresh')}
          </Button>
        </Group>
      )}
    </div>
  )
}
