import { useTranslation } from 'react-i18next'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { Approvals } from '../../features/approvals/components/approvals.tsx'
import { useMe } from '../../features/session/me.ts'

/** What waits for my decision, and what I have decided. */
export function ApprovalsPage() {
  const { t } = useTranslation('approvals')
  const me = useMe()
  return <Approvals viewerId={me.user.id} header={<PageHeader title={t('title')} description={t('intro')} />} />
}
