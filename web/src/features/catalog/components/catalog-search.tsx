import { CloseButton, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../components/ui/icon.tsx'

const typingPauseMs = 300

/** Searches while typing pauses; `q` comes from the address. */
export function CatalogSearch({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const { t } = useTranslation(['asking', 'common'])
  const [text, setText] = useState(q)
  const [sent, setSent] = useState(q)
  // The address changed by other means than typing, such as Back.
  if (q !== sent) {
    setSent(q)
    setText(q)
  }
  useEffect(() => {
    if (text.trim() === sent) return
    const timer = setTimeout(() => {
      setSent(text.trim())
      onSearch(text.trim())
    }, typingPauseMs)
    return () => clearTimeout(timer)
  }, [text, sent, onSearch])
  return (
    <TextInput
      type="search"
      maw={420}
      mb="md"
      aria-label={t('search')}
      placeholder={t('searchHint')}
      leftSection={<Icon name="search" size={16} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      rightSection={
        text && <CloseButton size="sm" aria-label={t('common:action.clearSearch')} onClick={() => setText('')} />
      }
    />
  )
}
