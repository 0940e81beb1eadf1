import { Box } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { SearchField } from '../../../components/ui/search-field.tsx'

/** Searches the catalogue; `q` comes from the address. */
export function CatalogSearch({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const { t } = useTranslation('asking')
  return (
    <Box maw={420} mb="md">
      <SearchField label={t('search')} placeholder={t('searchHint')} q={q} onSearch={onSearch} />
    </Box>
  )
}
