import { Checkbox, CloseButton, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { $api } from '../../../api/client.ts'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { groups } from '../directory.ts'
import classes from '../flows.module.css'
import type { FlowEditorState } from '../use-flow-editor.ts'
import { DurationsField } from './durations-field.tsx'
import { FormSection } from './form-section.tsx'
import { Picker } from './picker.tsx'

/** What the flow gives, to whom it is offered, and for how long. */
export function AccessSection({ editor, isNew }: { editor: FlowEditorState; isNew: boolean }) {
  const { t } = useTranslation('flows')
  const { draft, change, errorOf, groupProblem } = editor
  const name = draft.name.trim()
  return (
    <FormSection title={t('section.access')}>
      {!draft.isNewGroup && (
        <Picker
          of="groups"
          label={t('field.group')}
          description={t('field.groupHint')}
          placeholder={t('picker.group')}
          required
          suggestion={name}
          value={draft.groupId}
          onChange={(groupId) => change({ groupId })}
          error={errorOf('groupId')}
        />
      )}
      {isNew && (
        <Checkbox
          label={t('field.newGroup')}
          description={t('field.groupHint')}
          checked={draft.isNewGroup}
          onChange={(event) => change({ isNewGroup: event.currentTarget.checked })}
          error={draft.isNewGroup && groupProblem?.status === 409 ? t('groupTaken') : undefined}
        />
      )}
      {draft.isNewGroup && groupProblem?.status !== 409 && <ProblemAlert problem={groupProblem} />}
      <div>
        <Picker
          of="applications"
          label={t('field.application')}
          description={t('field.applicationHint')}
          placeholder={t('picker.application')}
          clearable
          clearButtonProps={{ 'aria-label': t('picker.clearApplication') }}
          suggestion={name}
          value={draft.applicationId}
          onChange={(applicationId) => change({ applicationId })}
        />
        {draft.groupId && !draft.isNewGroup && <Bound groupId={draft.groupId} />}
      </div>
      <VisibleTo editor={editor} />
      <DurationsField
        value={draft.durations}
        onChange={(durations) => change({ durations })}
        errorOf={(index) => errorOf(`durations.${index}`)}
      />
    </FormSection>
  )
}

/** Applications that whoever is in the group has already. */
function Bound({ groupId }: { groupId: string }) {
  const { t, i18n } = useTranslation('flows')
  const query = { groupId, limit: 20 }
  const { data } = $api.useQuery('get', '/applications', { params: { query } })
  if (!data || data.items.length === 0) return null
  const names = new Intl.ListFormat(i18n.language).format(data.items.map(({ name }) => name))
  return (
    <Text size="sm" mt={6} className="gh-break">
      {t('bound', { names })}
    </Text>
  )
}

function VisibleTo({ editor: { draft, change, errorOf } }: { editor: FlowEditorState }) {
  const { t } = useTranslation('flows')
  const ids = draft.visibleToGroupIds
  const wrong = ids.map((_, index) => errorOf(`visibleToGroupIds.${index}`)).find(Boolean)
  return (
    <div>
      <Picker
        of="groups"
        label={t('field.visible')}
        description={t('field.visibleHint')}
        placeholder={t('picker.addGroup')}
        value={null}
        isAdding
        exceptIds={ids}
        onChange={(id) => id && change({ visibleToGroupIds: [...ids, id] })}
        error={wrong}
      />
      {ids.length === 0 ? (
        <Text size="sm" mt={6}>
          {t('field.visibleAll')}
        </Text>
      ) : (
        <Group component="ul" gap={6} mt={8} className={classes.bare} aria-label={t('field.visible')}>
          {ids.map((id) => (
            <GroupChip
              key={id}
              id={id}
              onRemove={() => change({ visibleToGroupIds: ids.filter((each) => each !== id) })}
            />
          ))}
        </Group>
      )}
    </div>
  )
}

function GroupChip({ id, onRemove }: { id: string; onRemove: () => void }) {
  const { t } = useTranslation(['flows', 'common'])
  const { choice, isGone } = groups.useOne(id)
  const name = choice?.label ?? (isGone ? t('picker.gone') : '…')
  return (
    <li className={classes.chip}>
      <Text size="sm" span className="gh-break" c={isGone ? 'var(--mantine-color-error)' : undefined}>
        {name}
      </Text>
      <CloseButton size={24} iconSize={14} aria-label={t('common:action.remove', { what: name })} onClick={onRemove} />
    </li>
  )
}
