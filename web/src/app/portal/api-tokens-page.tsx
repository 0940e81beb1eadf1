import { getRouteApi } from '@tanstack/react-router'
import { isAdministrator, useMe } from '../../features/session/me.ts'
import { TokensPanel } from '../../features/tokens/components/tokens-panel.tsx'
import { textsOf } from '../../lib/search-text.ts'

const route = getRouteApi('/portal/api-tokens')

/** My own API tokens, reached from the account menu. */
export function ApiTokensPage() {
  const me = useMe()
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <TokensPanel
      isAdministrator={isAdministrator(me)}
      cursor={cursor}
      onCursor={(next) => void navigate({ search: textsOf({ cursor: next ?? '' }, 'cursor') })}
    />
  )
}
