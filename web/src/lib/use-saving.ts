import { useState } from 'react'
import type { ApiProblem } from '../api/problem.ts'
import { changedFields } from './changed-fields.ts'
import { useWrite } from './use-write.ts'

interface Saving<Fields> {
  isBusy: boolean
  problem: ApiProblem | undefined
  /** Somebody tried to save: from then on fields say what they lack. */
  isTried: boolean
  /** Saved, and not changed again since. */
  isSaved: boolean
  /** Something is not saved. */
  isChanged: boolean
  /** To be called with every change of a field. */
  touch: () => void
  /** Sends what has changed. `send` gives what is saved afterwards. Tells whether it went well. */
  save: (isComplete: boolean, send: (changes: Partial<Fields>) => Promise<object>) => Promise<boolean>
}

/** A form that stands on a page and is saved again and again. `fields`: as they are sent now; `initial`: as they were saved before. */
export function useSaving<Fields extends object>(fields: Fields, initial: object): Saving<Fields> {
  const { write, ...state } = useWrite()
  const [saved, setSaved] = useState(initial)
  const [isTried, setIsTried] = useState(false)
  const [isSaved, setIsSaved] = useState(false)
  const changes = changedFields(fields, saved)

  async function save(isComplete: boolean, send: (changes: Partial<Fields>) => Promise<object>): Promise<boolean> {
    setIsTried(true)
    setIsSaved(false)
    if (!isComplete) return false
    const isDone = await write(changes, async () => setSaved(await send(changes)))
    setIsSaved(isDone)
    return isDone
  }

  return {
    ...state,
    isTried,
    isSaved,
    isChanged: Object.keys(changes).length > 0,
    touch: () => setIsSaved(false),
    save,
  }
}
