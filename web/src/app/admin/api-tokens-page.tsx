import { getRouteApi } from '@tanstack/react-router'
import { TokensPanel } from '../../features/tokens/components/tokens-panel.tsx'
import { textsOf } from '../../lib/search-text.ts'

const route = getRouteApi('/admin/api-tokens')

/** Administration > API Tokens: the administrator's own. */
export function ApiTokensPage() {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <TokensPanel
      isAdministrator
      cursor={cursor}
      onCursor={(next) => void navigate({ search: textsOf({ cursor: next ?? '' }, 'cursor') })}
    />
  )
}
