import { useState } from 'react'
import type { ApiProblem } from '../api/problem.ts'
import type { paths } from '../api/schema.d.ts'
import { changedFields } from './changed-fields.ts'
import { useCommand } from './use-command.ts'
import { type Form, useForm } from './use-form.ts'

interface SavedFormOptions<Values, Body, Data> {
  /** What the fields show at first. */
  initial: Values
  /** As it was saved before, named as in the body. */
  saved: object
  /** The values as they are sent. */
  bodyOf: (values: Values) => Body
  check: (values: Values) => { [Path in string]?: string | undefined }
  /** Sends what has changed. */
  send: (changes: Partial<Body>) => Promise<{ data?: Data | undefined; response: Response }>
  /** Gives what is saved from now on, when that is not what was sent. */
  onSaved?: (data: Data) => object
  rereads: readonly (keyof paths)[]
}

interface SavedForm<Values> extends Omit<Form<Values>, 'submit' | 'reset' | 'draft'> {
  problem: ApiProblem | undefined
  /** Saved, and not changed again since. */
  isSaved: boolean
  /** For `SaveForm`. */
  frame: { isBusy: boolean; isChanged: boolean; onSave: () => void }
}

/** A form that stands on a page and is saved again and again. */
export function useSavedForm<Values extends object, Body extends object, Data>(
  options: SavedFormOptions<Values, Body, Data>,
): SavedForm<Values> {
  const { initial, bodyOf, check, send, onSaved, rereads } = options
  const [saved, setSaved] = useState(options.saved)
  const [isSaved, setIsSaved] = useState(false)
  const { run, isBusy, problem } = useCommand({
    send: (body: Body) => send(changedFields(body, saved)),
    rereads,
    onDone(data, _response, body) {
      setSaved(onSaved?.(data) ?? body)
      setIsSaved(true)
    },
  })
  const {
    submit,
    reset: _,
    draft: __,
    ...form
  } = useForm({ initial, check, problem, onChange: () => setIsSaved(false) })
  const isChanged = Object.keys(changedFields(bodyOf(form.values), saved)).length > 0

  function onSave(): void {
    setIsSaved(false)
    submit((values) => run(bodyOf(values)))
  }

  return { ...form, problem, isSaved, frame: { isBusy, isChanged, onSave } }
}
