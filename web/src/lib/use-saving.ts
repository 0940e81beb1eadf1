import { useState } from 'react'
import type { ApiProblem } from '../api/problem.ts'
import type { paths } from '../api/schema.d.ts'
import { changedFields } from './changed-fields.ts'
import { useCommand } from './use-command.ts'

interface SavingOptions<Fields, Data> {
  /** As they are sent now. */
  fields: Fields
  /** As they were saved before. */
  initial: object
  /** Sends what has changed. */
  send: (changes: Partial<Fields>) => Promise<{ data?: Data | undefined; response: Response }>
  /** Gives what is saved from now on; the fields as they were sent when left out. */
  onSaved?: (data: Data) => object
  rereads: readonly (keyof paths)[]
}

interface Saving {
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
  save: (isComplete: boolean) => Promise<void>
}

/** A form that stands on a page and is saved again and again. */
export function useSaving<Fields extends object, Data>(options: SavingOptions<Fields, Data>): Saving {
  const { fields, initial, send, onSaved, rereads } = options
  const [saved, setSaved] = useState(initial)
  const [isTried, setIsTried] = useState(false)
  const [isSaved, setIsSaved] = useState(false)
  const changes = changedFields(fields, saved)
  const { run, ...state } = useCommand({
    send: (body: { changes: Partial<Fields>; fields: Fields }) => send(body.changes),
    rereads,
    onDone(data, _response, sent) {
      setSaved(onSaved?.(data) ?? sent.fields)
      setIsSaved(true)
    },
  })

  async function save(isComplete: boolean): Promise<void> {
    setIsTried(true)
    setIsSaved(false)
    if (isComplete) await run({ changes, fields })
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
