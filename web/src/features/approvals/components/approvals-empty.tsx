import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Nothing, State } from '../../../components/ui/states.tsx'
import { stateOf } from '../approvals-search.ts'
import type { useApprovalsAddress } from '../use-approvals-address.ts'

interface ApprovalsEmptyProps {
  isThere: boolean
  address: ReturnType<typeof useApprovalsAddress>
}

/** Says why nothing is listed, and what can be looked at instead. */
export function ApprovalsEmpty({ isThere, address }: ApprovalsEmptyProps) {
  const { t } = useTranslation('approvals')
  const { search, setText, setState } = address
  const state = stateOf(search)
  const other = state === 'waiting' ? 'decided' : 'waiting'
  return (
    <Nothing isThere={isThere}>
      {search.q ? (
        <State
          icon="search"
          title={t('noMatchTitle')}
          action={
            <Button variant="default" onClick={() => setText('')}>
              {t('clearSearch')}
            </Button>
          }
        >
          {t('noMatchText', { q: search.q })}
        </State>
      ) : (
        <State
          icon="checks"
          title={t(`${state}EmptyTitle`)}
          action={
            <Button variant="default" onClick={() => setState(other)}>
              {t(`${other}Show`)}
            </Button>
          }
        >
          {t(`${state}EmptyText`)}
        </State>
      )}
    </Nothing>
  )
}
