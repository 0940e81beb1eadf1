import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, client } from '../../api/client.ts'
import type { components } from '../../api/schema.d.ts'
import { showToast } from '../../components/ui/toasts.tsx'
import { useCommand } from '../../lib/use-command.ts'
import {
  countChanges,
  type NumberField,
  noChanges,
  numberFields,
  numberOf,
  numberShown,
  type Settings,
  type TextField,
  textShown,
  withChanges,
} from './settings-switches.ts'

const settingsKey = $api.queryOptions('get', '/settings').queryKey

/** Switches held back until they are saved; what others change meanwhile is never overwritten. */
export function useSettingsEditor(settings: Settings) {
  const { t } = useTranslation('settings')
  const queries = useQueryClient()
  const [changes, setChanges] = useState(noChanges)

  const numberIn = (field: NumberField) => numberShown(settings, changes, field)
  const isNumberWrong = (field: NumberField) => numberOf(field, numberIn(field)) === undefined

  const { isBusy, problem, run } = useCommand({
    send: (body: components['schemas']['UpdateSettings']) => client.PUT('/settings', { body }),
    onDone(saved) {
      queries.setQueryData(settingsKey, saved)
      void queries.invalidateQueries({ queryKey: ['get', '/company'] })
      setChanges(noChanges)
      showToast('success', t('saved'))
    },
  })

  function save(): void {
    if ((Object.keys(numberFields) as NumberField[]).some(isNumberWrong)) return
    void run({ ...withChanges(settings, changes), version: settings.version })
  }

  return {
    shown: withChanges(settings, changes),
    numberIn,
    textIn: (field: TextField) => textShown(settings, changes, field),
    isNumberWrong,
    changeCount: countChanges(settings, changes),
    isBusy,
    problem,
    /** Somebody else has saved since these were read. */
    isStale: problem?.status === 409 && problem.problem.currentVersion !== settings.version,
    change: setChanges,
    discard: () => setChanges(noChanges),
    load: () => void queries.invalidateQueries({ queryKey: settingsKey }),
    save,
  }
}

export type SettingsEditor = ReturnType<typeof useSettingsEditor>
