import { Button } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { PagedList } from '../../components/ui/paged-list.tsx'
import { State } from '../../components/ui/states.tsx'
import { goToTestMail, MailServerPanel } from '../../features/mails/components/mail-server-panel.tsx'
import { MailsTable } from '../../features/mails/components/mails-table.tsx'
import { MailsToolbar } from '../../features/mails/components/mails-toolbar.tsx'
import { unsentStates } from '../../features/mails/mail-types.ts'
import { useMe } from '../../features/session/me.ts'
import { textsOf } from '../../lib/search-text.ts'

const route = getRouteApi('/admin/mails')

/** Administration > Mails. */
export function MailsPage() {
  const { t } = useTranslation(['mails', 'common'])
  const { q = '', state: written = '', cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const { email } = useMe().user
  const state = unsentStates.find((each) => each === written)
  const list = $api.useQuery(
    'get',
    '/mails',
    { params: { query: { limit: 20, ...(q && { q }), ...(state && { state }), ...(cursor && { cursor }) } } },
    { placeholderData: keepPreviousData },
  )
  const show = (change: Record<string, string | undefined>) =>
    void navigate({ search: textsOf({ q, state: written, ...change }, 'q', 'state', 'cursor') })
  const isNarrowed = q !== '' || state !== undefined
  return (
    <>
      <PageHeader title={t('title')} description={t('intro')} />
      <MailServerPanel email={email} />
      <MailsToolbar q={q} state={state ?? ''} onChange={show} />
      <PagedList
        list={list}
        cursor={cursor}
        onCursor={(next) => show({ cursor: next })}
        nothing={
          <State
            icon={isNarrowed ? 'search' : 'check'}
            title={t(isNarrowed ? 'noMatchTitle' : 'emptyTitle')}
            action={
              <Button variant="default" onClick={isNarrowed ? () => void navigate({ search: {} }) : goToTestMail}>
                {t(isNarrowed ? 'common:action.clear' : 'toTest')}
              </Button>
            }
          >
            {t(isNarrowed ? 'noMatchText' : 'emptyText')}
          </State>
        }
      >
        {(items) => <MailsTable mails={items} />}
      </PagedList>
    </>
  )
}
