import { useTranslation } from 'react-i18next'
import { SearchToolbar } from '../../../components/ui/search-toolbar.tsx'
import { unsentStates } from '../mail-types.ts'

interface MailsToolbarProps {
  q: string
  state: string
  onChange: (change: { q?: string; state?: string }) => void
}

export function MailsToolbar({ q, state, onChange }: MailsToolbarProps) {
  const { t } = useTranslation('mails')
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
          ...unsentStates.map((each) => ({ value: each, label: t(`state.${each}`) })),
        ],
        onChange: (next) => onChange({ state: next }),
      }}
    />
  )
}
