import { Box, Group, Tabs } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { FreshBanner } from '../../../components/ui/fresh-banner.tsx'
import { readAgain } from '../../../components/ui/paged-list.tsx'
import { Pager } from '../../../components/ui/pager.tsx'
import { SearchField } from '../../../components/ui/search-field.tsx'
import { Failed, Loading } from '../../../components/ui/states.tsx'
import { BulkBar } from '../../request-card/components/bulk-bar.tsx'
import panel from '../../request-card/components/panel.module.css'
import { SidePlace } from '../../request-card/components/side-place.tsx'
import { useBulkDone } from '../../request-card/use-bulk-done.ts'
import { useCurrentRow } from '../../request-card/use-current-row.ts'
import { useOpenRequest } from '../../request-card/use-open-request.ts'
import { useSelection } from '../../request-card/use-selection.ts'
import { useApprovals, useApprovalsCount, useFollowed, useFreshCount } from '../api/use-approvals.ts'
import type { Verdict } from '../approval-body.ts'
import { approvalPageSizes, approvalStates, approvalsFilterOf, stateOf } from '../approvals-search.ts'
import { canApprove } from '../can-approve.ts'
import { useApprovalsAddress } from '../use-approvals-address.ts'
import classes from './approvals.module.css'
import { ApprovalsEmpty } from './approvals-empty.tsx'
import { ApprovalsTable } from './approvals-table.tsx'
import { ApprovalPanel, ApproveManyDialog } from './dialogs.ts'

const noRequests: AccessRequest[] = []

interface ApprovalsProps {
  viewerId: string
  /** Title of the page; the open request stands beside it, too. */
  header: ReactNode
}

/** What waits for my decision, and what I have decided: searched, sorted, answered one after the other or together. */
export function Approvals({ viewerId, header }: ApprovalsProps) {
  const { t } = useTranslation(['approvals', 'requests'])
  const address = useApprovalsAddress()
  const { search } = address
  const state = stateOf(search)
  const { data, isPlaceholderData } = useApprovals(search)
  const requests = isPlaceholderData ? noRequests : (data?.items ?? noRequests)
  const row = useCurrentRow(requests, address.openId)
  const selection = useSelection({ list: approvalsFilterOf(search), shown: requests, canSelect: canApprove })
  const opened = useOpenRequest({ address, row, requests, canDecide: canApprove })
  const [many, setMany] = useState<{ verdict: Verdict; requests: AccessRequest[] }>()
  const manyDone = useBulkDone({ isOpen: many !== undefined, drop: selection.drop })
  const decideMany = (verdict: Verdict) => setMany({ verdict, requests: selection.requests })

  return (
    <div className={panel.split} data-split={opened.isBeside && opened.id !== undefined} inert={many !== undefined}>
      <div className={panel.list}>
        {header}
        <Tabs
          value={state}
          onChange={(value) => address.setState(approvalStates.find((each) => each === value) ?? 'waiting')}
        >
          <Tabs.List aria-label={t('tabs')} mb="md">
            {approvalStates.map((each) => (
              <Tabs.Tab key={each} value={each}>
                {t(each)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {approvalStates.map((each) => (
            <Tabs.Panel key={each} value={each}>
              {each === state && (
                <ApprovalsPage state={{ address, selection, row, opened }} viewerId={viewerId}>
                  <BulkBar
                    selected={selection.requests}
                    shown={requests}
                    answers={{
                      grant: { label: t('approve'), onClick: () => decideMany('approve') },
                      deny: { label: t('deny'), onClick: () => decideMany('deny') },
                    }}
                    onClear={() => selection.set([])}
                  />
                </ApprovalsPage>
              )}
            </Tabs.Panel>
          ))}
        </Tabs>
      </div>
      {opened.isBeside && opened.id && (
        <SidePlace id={opened.id}>
          <ApprovalPanel
            id={opened.id}
            row={requests.find(({ id }) => id === opened.id)}
            viewerId={viewerId}
            place={opened.place}
            takesFocus={opened.isReadFirst}
            hasNext={opened.hasNext(opened.id)}
            onMove={opened.turn}
            onClose={opened.close}
            onDecided={opened.goOn}
          />
        </SidePlace>
      )}
      <DialogSlot>
        {many && <ApproveManyDialog {...many} onClose={() => setMany(undefined)} onDone={manyDone} />}
      </DialogSlot>
    </div>
  )
}

interface ApprovalsPageProps {
  state: Parameters<typeof ApprovalsTable>[0]['state']
  viewerId: string
  /** What can be done with the selected ones. */
  children: ReactNode
}

/** One page of a tab in each of its states; new ones are announced and shown on demand. */
function ApprovalsPage({ state, viewerId, children }: ApprovalsPageProps) {
  const { t } = useTranslation('approvals')
  const { search, setText, setCursor, setPageSize } = state.address
  const { cursor } = search
  const { data, error, refetch, dataUpdatedAt, isPlaceholderData } = useApprovals(search)
  const counted = useApprovalsCount(search)
  const items = data?.items ?? noRequests
  useFollowed(search, isPlaceholderData ? noRequests : items)
  const fresh = useFreshCount(
    items.map(({ id }) => id),
    dataUpdatedAt,
  )
  const hasNews = stateOf(search) === 'waiting' && !search.q
  return (
    <>
      <Group mb="md">
        <SearchField label={t('search')} placeholder={t('searchHint')} q={search.q ?? ''} onSearch={setText} />
      </Group>
      {!data && !error && <Loading />}
      {!data && error && (
        <Failed error={error} retry={() => readAgain({ error, cursor, onCursor: setCursor, refetch })} />
      )}
      {data && (
        <>
          <FreshBanner count={hasNews ? fresh : 0} onShow={() => (cursor ? setCursor(undefined) : void refetch())} />
          <ApprovalsEmpty isThere={items.length === 0} address={state.address} />
          {items.length > 0 && (
            <Box className={isPlaceholderData ? classes.waiting : undefined} aria-busy={isPlaceholderData}>
              <ApprovalsTable requests={items} isOld={isPlaceholderData} viewerId={viewerId} state={state} />
              {children}
            </Box>
          )}
          <Pager
            cursor={cursor}
            nextCursor={data.nextCursor}
            onChange={setCursor}
            {...(items.length > 0 && {
              shown: { count: items.length, total: counted?.count, isMore: counted?.isCapped },
              size: {
                value: search.limit ?? approvalPageSizes[0],
                choices: approvalPageSizes,
                onChange: setPageSize,
              },
            })}
          />
        </>
      )}
    </>
  )
}
