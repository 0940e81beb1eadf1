import { useState } from 'react'
import { getUserId } from '../api/session-identity.ts'
import { draftKey, keepDraft, readDraft } from './drafts.ts'

export interface DraftOptions<Values> {
  /** Which form it is, and of what: `ask.<flow id>`. */
  name: string
  /** Takes what was kept as the form needs it now; gives nothing when it is of no use any more. */
  take?: (kept: Values) => Values | undefined
}

/** What a form and the frame around it do with a draft. */
export interface Draft {
  /** The form began with what was typed before. */
  isRestored: boolean
  /** Back to the form as it is without the draft. */
  discard: () => void
  /** Nothing of it is kept any more: it was sent, or is not wanted. */
  forget: () => void
}

interface KeptValues<Values> extends Omit<Draft, 'discard'> {
  /** What the form begins with. */
  values: Values
  /** What it begins with when nothing was kept. */
  initial: Values
  keep: (values: Values) => void
}

/**
 * Keeps what is typed into a form for whoever is signed in, in this tab, until it is sent or not wanted, or they sign out.
 * Without `options` nothing is kept: so for every form with a password or another secret.
 */
export function useDraft<Values extends object>(
  first: Values,
  options: DraftOptions<Values> | undefined,
): KeptValues<Values> {
  const [begun] = useState(() => begin(first, options))
  const [isRestored, setRestored] = useState(begun.kept !== undefined)
  const { key, initial, kept } = begun

  return {
    values: kept ?? initial,
    initial,
    isRestored,
    keep(values) {
      if (!key) return
      const text = JSON.stringify(values)
      keepDraft(key, text === JSON.stringify(initial) ? undefined : text)
    },
    forget() {
      if (key) keepDraft(key, undefined)
      setRestored(false)
    },
  }
}

function begin<Values extends object>(initial: Values, options: DraftOptions<Values> | undefined) {
  const userId = getUserId()
  if (!options || !userId) return { initial, key: undefined, kept: undefined }
  const { name, take = (kept: Values) => kept } = options
  const key = draftKey(userId, name)
  const kept = readDraft(sessionStorage.getItem(key), initial)
  return { initial, key, kept: kept && take(kept) }
}
