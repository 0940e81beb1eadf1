import { CloseButton, TextInput } from '@mantine/core'
import { type Ref, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { longestSearch } from '../../lib/search-text.ts'
import { Icon } from './icon.tsx'

const typingPauseMs = 300

interface SearchFieldProps {
  label: string
  placeholder?: string
  q: string
  onSearch: (q: string) => void
  fieldRef?: Ref<HTMLInputElement>
}

/** Searches when typing pauses; follows the address when that changes by other means, such as Back. */
export function SearchField({ label, placeholder, q, onSearch, fieldRef }: SearchFieldProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(q)
  const [sent, setSent] = useState(q)
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
      ref={fieldRef}
      type="search"
      maxLength={longestSearch}
      flex="1 1 180px"
      aria-label={label}
      placeholder={placeholder ?? label}
      leftSection={<Icon name="search" size={16} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      rightSection={text && <CloseButton size="sm" aria-label={t('action.clearSearch')} onClick={() => setText('')} />}
    />
  )
}
