import { Alert, Box, Checkbox, Group, InputBase, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FlowAvatar } from '../../../components/ui/avatar.tsx'
import { ColorField } from '../../../components/ui/color-field.tsx'
import { Icon } from '../../../components/ui/icon.tsx'
import { type Flow, longestName } from '../flow-draft.ts'
import type { FlowEditorState } from '../use-flow-editor.ts'
import { FormSection } from './form-section.tsx'

interface AboutSectionProps {
  editor: FlowEditorState
  /** As it is saved; none for a new one. */
  flow: Flow | undefined
  /** Requests that are canceled when the flow is switched off. */
  openRequests: number
}

/** What people see of the flow, and whether they see it at all. */
export function AboutSection({ editor, flow, openRequests }: AboutSectionProps) {
  const { t } = useTranslation(['flows', 'common'])
  const { draft, change, errorOf } = editor
  // The service fetches saved addresses only, so that another one has no picture yet.
  const logoUrl = draft.logoUrl.trim() === flow?.logoUrl ? flow.logoUrl : null
  return (
    <FormSection title={t('section.about')}>
      <Group align="flex-start" wrap="nowrap">
        <Box mt={25}>
          <FlowAvatar flow={{ id: flow?.id, name: draft.name || '?', color: draft.color, logoUrl }} size={36} />
        </Box>
        <TextInput
          flex={1}
          label={t('field.name')}
          required
          maxLength={longestName}
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
          error={errorOf('name')}
        />
      </Group>
      <InputBase
        component="textarea"
        multiline
        label={t('field.description')}
        description={t('field.descriptionHint')}
        rows={2}
        maxLength={2000}
        value={draft.description}
        onChange={(event) => change({ description: event.currentTarget.value })}
        error={errorOf('description')}
      />
      <ColorField value={draft.color} onChange={(color) => change({ color })} error={errorOf('color')} />
      <TextInput
        label={t('field.logo')}
        description={t('field.logoHint')}
        type="url"
        maxLength={2000}
        placeholder="https://"
        value={draft.logoUrl}
        onChange={(event) => change({ logoUrl: event.currentTarget.value })}
        error={errorOf('logoUrl')}
      />
      <Checkbox
        label={t('field.enabled')}
        description={t('field.enabledHint')}
        checked={draft.enabled}
        onChange={(event) => change({ enabled: event.currentTarget.checked })}
      />
      {!draft.enabled && openRequests > 0 && (
        <Alert role="note" color="orange" icon={<Icon name="alert" />}>
          {t('cancels', { count: openRequests })} {t('stays')}
        </Alert>
      )}
    </FormSection>
  )
}
