import { ActionIcon, Group, Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../components/ui/icon.tsx'
import { ActionLink } from '../../../components/ui/link.tsx'
import type { Flow } from '../flow-draft.ts'

/** What can be done to one flow of the list. */
export function FlowActions({ flow, onDelete }: { flow: Flow; onDelete: () => void }) {
  const { t } = useTranslation(['flows', 'common'])
  const { id, name } = flow
  return (
    <Group gap={2} wrap="nowrap">
      <Tooltip label={t('common:action.edit')}>
        <ActionLink to="/admin/flows/$flowId" params={{ flowId: id }} aria-label={t('editOne', { name })}>
          <Icon name="pencil" size={17} />
        </ActionLink>
      </Tooltip>
      <Tooltip label={t('common:action.copy')}>
        <ActionLink to="/admin/flows/new" search={{ copy: id }} aria-label={t('copyOne', { name })}>
          <Icon name="copy" size={17} />
        </ActionLink>
      </Tooltip>
      <Tooltip label={t('delete')}>
        <ActionIcon aria-label={t('deleteOne', { name })} onClick={onDelete}>
          <Icon name="trash" size={17} />
        </ActionIcon>
      </Tooltip>
    </Group>
  )
}
