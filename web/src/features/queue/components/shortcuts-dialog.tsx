import { Group, Kbd, Modal, Switch, Text } from '@mantine/core'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { setShortcutsEnabled, shortcutKeys, useShortcutsEnabled } from '../use-shortcuts.ts'

/** Keys that are not called by what they write. */
const signs: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc' }

/** Every key of the queue, and the switch to do without them. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['requests', 'common'])
  const isEnabled = useShortcutsEnabled()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      <Text size="sm" mb="md">
        {t('keys.intro')}
      </Text>
      <dl className="gh-facts">
        {Object.entries(shortcutKeys).map(([action, keys]) => (
          <Fragment key={action}>
            <dt>
              <Group gap={4}>
                {keys.map((key) => (
                  <Kbd key={key}>{signs[key] ?? key}</Kbd>
                ))}
              </Group>
            </dt>
            <dd>{t(`keys.${action as keyof typeof shortcutKeys}`)}</dd>
          </Fragment>
        ))}
      </dl>
      <Switch
        label={t('keys.enabled')}
        checked={isEnabled}
        onChange={(event) => setShortcutsEnabled(event.currentTarget.checked)}
      />
    </Modal>
  )
}
