import { Tabs } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { ApprovalList } from '../../features/approvals/components/approval-list.tsx'
import { useMe } from '../../features/session/me.ts'

const route = getRouteApi('/portal/approvals')
const states = ['waiting', 'decided'] as const

/** What waits for my decision, and what I have decided. */
export function ApprovalsPage() {
  const { t } = useTranslation('approvals')
  const me = useMe()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const state = search.state === 'decided' ? 'decided' : 'waiting'
  return (
    <>
      <PageHeader title={t('title')} description={t('intro')} />
      <Tabs
        value={state}
        onChange={(value) => void navigate({ search: value === 'decided' ? { state: 'decided' } : {} })}
      >
        <Tabs.List aria-label={t('tabs')} mb="md">
          {states.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(each)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {states.map((each) => (
          <Tabs.Panel key={each} value={each}>
            {each === state && (
              <ApprovalList
                state={state}
                cursor={search.cursor}
                onCursor={(cursor) => void navigate({ search: (known) => ({ ...known, cursor }) })}
                viewerId={me.user.id}
              />
            )}
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  )
}
