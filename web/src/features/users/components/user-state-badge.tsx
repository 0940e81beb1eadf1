import { Badge } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { UserState } from '../user-types.ts'

const colors = { activated: 'green', staged: 'blue', suspended: 'gray' } as const satisfies Record<UserState, string>

export function UserStateBadge({ state }: { state: UserState }) {
  const { t } = useTranslation('users')
  return (
    <Badge variant="light" color={colors[state]}>
      {t(`state.${state}`)}
    </Badge>
  )
}
