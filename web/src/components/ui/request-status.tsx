import { Badge } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RequestStatus } from '../../api/types.ts'
import { Icon, type IconName } from './icon.tsx'

const looks: Record<RequestStatus, { color: string; icon: IconName }> = {
  pending: { color: 'blue', icon: 'clock' },
  approved: { color: 'green', icon: 'check' },
  denied: { color: 'red', icon: 'x' },
  canceled: { color: 'gray', icon: 'ban' },
  expired: { color: 'gray', icon: 'hourglass' },
  missing_data: { color: 'orange', icon: 'alert' },
  error: { color: 'red', icon: 'bolt' },
}

/** Status as word and icon; the colour only helps. */
export function StatusBadge({ status }: { status: RequestStatus }) {
  const { t } = useTranslation('requests')
  const { color, icon } = looks[status]
  return (
    <Badge variant="light" color={color} leftSection={<Icon name={icon} size={13} />} data-status={status}>
      {t(`status.${status}`)}
    </Badge>
  )
}
