import { Modal, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useRouter } from '@tanstack/react-router'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../components/ui/icon.tsx'
import { longestSearch } from '../../../lib/search-text.ts'
import { type Found, foundKinds, type Place, useFound } from '../use-found.ts'
import classes from './finder.module.css'

const typingPauseMs = 150

interface FinderDialogProps {
  places: readonly Place[]
  onClose: () => void
}

/** Finds people, requests, flows, groups, applications and pages from one field; arrows choose, Enter opens. */
export function FinderDialog({ places, onClose }: FinderDialogProps) {
  const { t } = useTranslation('finder')
  const router = useRouter()
  const listId = useId()
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), typingPauseMs)
  const { found, isLooking } = useFound(q, places)
  const [place, setPlace] = useState(0)
  const current = Math.min(place, Math.max(found.length - 1, 0))
  const idOf = ({ kind, id }: Found) => `${listId}-${kind}-${id}`
  const chosen = found[current]

  function open(one: Found): void {
    onClose()
    router.history.push(one.href)
  }

  function press(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && found.length > 0) {
      event.preventDefault()
      setPlace((current + step + found.length) % found.length)
    } else if (event.key === 'Enter' && chosen) {
      event.preventDefault()
      open(chosen)
    }
  }

  return (
    <Modal opened onClose={onClose} title={t('title')} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
      <TextInput
        data-autofocus
        role="combobox"
        aria-label={t('title')}
        aria-expanded={found.length > 0}
        aria-controls={listId}
        aria-activedescendant={chosen && idOf(chosen)}
        placeholder={t('hint')}
        maxLength={longestSearch}
        leftSection={<Icon name="search" size={16} />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setPlace(0)
        }}
        onKeyDown={press}
      />
      <div id={listId} role="listbox" aria-label={t('results')} className={classes.list}>
        {foundKinds.map((kind) => {
          const ofKind = found.filter((one) => one.kind === kind)
          return (
            ofKind.length > 0 && (
              // biome-ignore lint/a11y/useSemanticElements: a listbox has groups, not fieldsets
              <div key={kind} role="group" aria-label={t(`kind.${kind}`)}>
                <Text size="xs" c="dimmed" fw={600} mt="sm" mb={4} aria-hidden>
                  {t(`kind.${kind}`)}
                </Text>
                {ofKind.map((one) => (
                  <UnstyledButton
                    key={one.id}
                    id={idOf(one)}
                    role="option"
                    tabIndex={-1}
                    aria-selected={one === chosen}
                    className={classes.option}
                    onClick={() => open(one)}
                  >
                    <span className="gh-break">{one.label}</span>
                    {one.detail && (
                      <Text span size="sm" c="dimmed" truncate>
                        {one.detail}
                      </Text>
                    )}
                  </UnstyledButton>
                ))}
              </div>
            )
          )
        })}
      </div>
      <Text role="status" size="sm" c="dimmed" mt="sm" mih={22}>
        {q !== '' && found.length === 0 && t(isLooking ? 'looking' : 'nothing', { q })}
      </Text>
    </Modal>
  )
}
