import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, client } from '../../api/client.ts'
import { showToast } from '../../components/ui/toasts.tsx'
import { useWrite } from '../../lib/use-write.ts'
import {
  countChanges,
  type NumberField,
  noChanges,
  numberFields,
  numberOf,
  numberShown,
  type Settings,
  withChanges,
} from './settings-switches.ts'

const settingsKey = $api.queryOptions('get', '/settings').queryKey

/** Switches held back until they are saved; what others change meanwhile is never overwritten. */
export function useSettingsEditor(settings: Settings) {
  const { t } = useTranslation('settings')
  const queries = useQueryClient()
  const [changes, setChanges] = useState(noChanges)
  const { isBusy, problem, write } = useWrite()

  const numberIn = (field: NumberField) => numberShown(settings, changes, field)
  const isNumberWrong = (field: NumberField) => numberOf(field, numberIn(field)) === undefined

  async function save(): Promise<void> {
    if ((Object.keys(numberFields) as NumberField[]).some(isNumberWrong)) return
    const body = { ...withChanges(settings, changes), version: settings.version }
    let saved: Settings | undefined
    const isDone = await write(body, async () => {
      saved = (await client.PUT('/settings', { body })).data
    })
    if (!isDone) return
    if (saved) queries.setQueryData(settingsKey, saved)
    setChanges(noChanges)
    showToast('success', t('saved'))
  }

  return {
    shown: withChanges(settings, changes),
    numberIn,
    isNumberWrong,
    changeCount: countChanges(settings, changes),
    isBusy,
    problem,
    /** Somebody else has saved since these were read. */
    isStale: problem?.status === 409 && problem.problem.currentVersion !== settings.version,
    change: setChanges,
    discard: () => setChanges(noChanges),
    load: () => void queries.invalidateQueries({ queryKey: settingsKey }),
    save: () => void save(),
  }
}

export type SettingsEditor = ReturnType<typeof useSettingsEditor>
