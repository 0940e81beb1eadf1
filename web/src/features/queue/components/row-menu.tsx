import { ActionIcon, Menu } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { RequestSummary } from '../../../api/types.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import type { DecisionAction } from './request-details.tsx'

interface RowMenuProps {
  request: RequestSummary
  onDecide: (action: DecisionAction, request: RequestSummary) => void
  onOpen: () => void
}

/** The three dots of a row. */
export function RowMenu({ request, onDecide, onOpen }: RowMenuProps) {
  const { t } = useTranslation(['requests', 'common'])
  const router = useRouter()
  const address = `/admin/requests/${request.id}`

  async function copyLink(): Promise<void> {
    await navigator.clipboard.writeText(new URL(address, window.location.origin).href)
    showToast('success', t('common:action.copied'))
  }

  return (
    <Menu position="bottom-end" withinPortal onOpen={onOpen}>
      <Menu.Target>
        <ActionIcon aria-label={t('queue.actions', { name: request.requester.name, flow: request.approvalFlow.name })}>
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {request.abilities.grant && (
          <Menu.Item leftSection={<Icon name="check" size={16} />} onClick={() => onDecide('grant', request)}>
            {request.status === 'error' ? t('decide.retry') : t('decide.grant')}
          </Menu.Item>
        )}
        {request.abilities.deny && (
          <Menu.Item leftSection={<Icon name="x" size={16} />} onClick={() => onDecide('deny', request)}>
            {t('decide.deny')}
          </Menu.Item>
        )}
        <Menu.Item component="a" href={address} leftSection={<Icon name="list" size={16} />} onClick={follow}>
          {t('queue.open')}
        </Menu.Item>
        {window.isSecureContext && (
          <Menu.Item leftSection={<Icon name="copy" size={16} />} onClick={() => void copyLink()}>
            {t('queue.copyLink')}
          </Menu.Item>
        )}
        {request.workflowUrl && (
          <Menu.Item
            component="a"
            href={request.workflowUrl}
            target="_blank"
            rel="noreferrer"
            leftSection={<Icon name="external" size={16} />}
          >
            {t('queue.workflow')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )

  function follow(event: React.MouseEvent): void {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    router.history.push(address)
  }
}
