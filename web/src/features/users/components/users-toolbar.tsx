import { useTranslation } from 'react-i18next'
import { SearchToolbar } from '../../../components/ui/search-toolbar.tsx'
import { userStates } from '../user-types.ts'

interface UsersToolbarProps {
  q: string
  state: string
  onChange: (change: { q?: string; state?: string }) => void
}

export function UsersToolbar({ q, state, onChange }: UsersToolbarProps) {
  const { t } = useTranslation('users')
  return (
    <SearchToolbar
      label={t('search')}
      q={q}
      onSearch={(text) => onChange({ q: text })}
      choice={{
        label: t('stateFilter'),
        value: state,
        data: [
          { value: '', label: t('anyState') },
          ...userStates.map((each) => ({ value: each, label: t(`state.${each}`) })),
        ],
        onChange: (next) => onChange({ state: next }),
      }}
    />
  )
}
