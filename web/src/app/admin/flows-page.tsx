import { Button } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { $api } from '../../api/client.ts'
import { Icon } from '../../components/ui/icon.tsx'
import { ButtonLink } from '../../components/ui/link.tsx'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { PagedList } from '../../components/ui/paged-list.tsx'
import { State } from '../../components/ui/states.tsx'
import { FlowsTable } from '../../features/flows/components/flows-table.tsx'
import { FlowsToolbar } from '../../features/flows/components/flows-toolbar.tsx'
import { type FlowsSearch, flowsQueryOf, readFlowsSearch } from '../../features/flows/flows-search.ts'

const route = getRouteApi('/admin/flows')

/** Security Management > Approval Flows. */
export function FlowsPage() {
  const { t } = useTranslation('flows')
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const list = $api.useQuery(
    'get',
    '/approval-flows',
    { params: { query: flowsQueryOf(search) } },
    { placeholderData: keepPreviousData },
  )
  const show = (change: FlowsSearch) =>
    void navigate({ search: readFlowsSearch({ ...search, cursor: undefined, ...change }) })
  const isFiltered = Boolean(search.q || search.enabled || search.approvalType)
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('intro')}
        actions={
          <ButtonLink to="/admin/flows/new" leftSection={<Icon name="plus" size={16} />}>
            {t('create')}
          </ButtonLink>
        }
      />
      <FlowsToolbar search={search} onChange={show} />
      <PagedList
        list={list}
        cursor={search.cursor}
        onCursor={(cursor) => show({ cursor: cursor ?? '' })}
        nothing={<Nothing isFiltered={isFiltered} onClear={() => void navigate({ search: {} })} />}
      >
        {(items) => <FlowsTable flows={items} />}
      </PagedList>
    </>
  )
}

function Nothing({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const { t } = useTranslation(['flows', 'common'])
  if (!isFiltered)
    return (
      <State icon="flow" title={t('noneTitle')} action={<ButtonLink to="/admin/flows/new">{t('create')}</ButtonLink>}>
        {t('noneText')}
      </State>
    )
  return (
    <State
      icon="flow"
      title={t('emptyTitle')}
      action={
        <Button variant="default" onClick={onClear}>
          {t('common:action.clear')}
        </Button>
      }
    >
      {t('emptyText')}
    </State>
  )
}
