import { Alert, Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { $api } from '../../../api/client.ts'
import { Icon } from '../../../components/ui/icon.tsx'

/** Says how many changes wait for a second administrator, and leads to them; nothing when none does. */
export function WaitingChanges() {
  const { t } = useTranslation('changes')
  const { data } = $api.useQuery('get', '/pending-changes')
  const count = data?.items.length ?? 0
  if (count === 0) return null
  return (
    <Alert role="note" mb="md" color="blue" icon={<Icon name="users" />} title={t('waiting', { count })}>
      <Button component={Link} to="/admin/changes" size="xs" variant="default">
        {t('view')}
      </Button>
    </Alert>
  )
}
