import { Checkbox, NativeSelect, NumberInput, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import type { components } from '../../../api/schema.d.ts'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { SaveForm } from '../../../components/ui/save-form.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { useCommand } from '../../../lib/use-command.ts'

export type LdapSource = components['schemas']['LdapSource']
type Settings = NonNullable<LdapSource['settings']>

const empty: Settings = {
  directory: 'active_directory',
  url: '',
  startTls: false,
  bindDn: '',
  peopleBase: '',
  groupsBase: null,
  attributes: {},
  everyMinutes: 60,
}

const kinds = ['active_directory', 'openldap'] as const

/** How a directory server is read. */
export function LdapForm({ id, settings }: { id: string; settings: Settings | null }) {
  const { t } = useTranslation('sources')
  const [draft, setDraft] = useState<Settings>(settings ?? empty)
  const [bindPassword, setBindPassword] = useState('')
  const { isBusy, problem, run } = useCommand({
    send: (body: { settings: Settings; bindPassword?: string }) =>
      client.PUT('/people-sources/{id}/ldap', { params: { path: { id } }, body }),
    rereads: ['/people-sources/{id}/ldap', '/people-sources'],
    onDone: () => {
      setBindPassword('')
      showToast('success', t('ldap.saved'))
    },
  })
  const set = (change: Partial<Settings>) => setDraft({ ...draft, ...change })
  const wrong = (field: string) => problem?.fieldMessage(`settings.${field}`)
  const text = (field: 'url' | 'bindDn' | 'peopleBase' | 'groupsBase' | 'peopleFilter' | 'groupsFilter') => ({
    label: t(`ldap.${field}`),
    value: draft[field] ?? '',
    error: wrong(field),
  })
  const filter = (field: 'peopleFilter' | 'groupsFilter') => (
    <TextInput
      {...text(field)}
      description={t('ldap.filterHint')}
      onChange={({ currentTarget: { value } }) => set({ [field]: value === '' ? undefined : value })}
    />
  )
  return (
    <SaveForm
      title={t('ldap.settings')}
      isBusy={isBusy}
      isChanged={JSON.stringify(draft) !== JSON.stringify(settings ?? empty) || bindPassword !== ''}
      saved={null}
      onSave={() => void run({ settings: draft, ...(bindPassword && { bindPassword }) })}
    >
      <NativeSelect
        label={t('ldap.directory')}
        value={draft.directory}
        onChange={({ currentTarget: { value } }) =>
          set({ directory: kinds.find((kind) => kind === value) ?? 'openldap' })
        }
        data={kinds.map((kind) => ({
          value: kind,
          label: t(kind === 'openldap' ? 'ldap.kinds.openldap' : 'ldap.kinds.ad'),
        }))}
      />
      <TextInput
        {...text('url')}
        required
        description={t('ldap.urlHint')}
        onChange={({ currentTarget }) => set({ url: currentTarget.value })}
      />
      <Checkbox
        label={t('ldap.startTls')}
        checked={draft.startTls}
        onChange={({ currentTarget }) => set({ startTls: currentTarget.checked })}
      />
      <TextInput {...text('bindDn')} required onChange={({ currentTarget }) => set({ bindDn: currentTarget.value })} />
      <PasswordInput
        label={t('ldap.bindPassword')}
        description={settings ? t('ldap.passwordKept') : undefined}
        value={bindPassword}
        error={problem?.fieldMessage('bindPassword')}
        autoComplete="off"
        onChange={({ currentTarget }) => setBindPassword(currentTarget.value)}
        visibilityToggleButtonProps={{ style: { display: 'none' } }}
      />
      <TextInput
        {...text('peopleBase')}
        required
        onChange={({ currentTarget }) => set({ peopleBase: currentTarget.value })}
      />
      {filter('peopleFilter')}
      <TextInput
        {...text('groupsBase')}
        description={t('ldap.groupsHint')}
        onChange={({ currentTarget: { value } }) => set({ groupsBase: value === '' ? null : value })}
      />
      {filter('groupsFilter')}
      <NumberInput
        label={t('ldap.every')}
        min={5}
        max={1440}
        value={draft.everyMinutes}
        error={wrong('everyMinutes')}
        onChange={(value) => set({ everyMinutes: Number(value) || 60 })}
      />
      <ProblemAlert
        problem={problem}
        fields={['settings.url', 'settings.bindDn', 'settings.peopleBase', 'settings.groupsBase', 'bindPassword']}
      />
    </SaveForm>
  )
}
