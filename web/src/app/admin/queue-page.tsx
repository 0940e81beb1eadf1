import { useTranslation } from 'react-i18next'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { Queue } from '../../features/queue/components/queue.tsx'
import { useMe } from '../../features/session/me.ts'

/** Security Management > Access Requests. */
export function QueuePage() {
  const { t } = useTranslation('requests')
  const me = useMe()
  return <Queue viewerId={me.user.id} header={<PageHeader title={t('queue.title')} />} />
}
