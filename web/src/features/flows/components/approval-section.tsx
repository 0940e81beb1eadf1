import { Checkbox, Radio, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { requirements } from '../flow-draft.ts'
import type { FlowEditorState } from '../use-flow-editor.ts'
import { ApproverList } from './approver-list.tsx'
import { FormSection } from './form-section.tsx'

/** Who decides. Kinds of approvers that do not go together cannot be chosen together. */
export function ApprovalSection({ editor }: { editor: FlowEditorState }) {
  const { t } = useTranslation('flows')
  const { draft, change } = editor
  const isManual = draft.approvalType === 'manual'
  return (
    <FormSection title={t('section.approval')}>
      <Choice
        label={t('field.type')}
        options={['manual', 'automatic']}
        value={draft.approvalType}
        wordsOf={(type) => [t(`type.${type}`), t(`typeHint.${type}`)]}
        onChange={(approvalType) => change({ approvalType })}
      />
      {isManual && (
        <Choice
          label={t('field.decidedBy')}
          options={['administrator', 'assigned']}
          value={draft.decidedBy}
          wordsOf={(by) => [t(`decidedBy.${by}`), t(`decidedByHint.${by}`)]}
          onChange={(decidedBy) => change({ decidedBy })}
        />
      )}
      {isManual && draft.decidedBy === 'assigned' && (
        <>
          <ApproverList editor={editor} />
          <Choice
            label={t('field.requirement')}
            options={requirements}
            value={draft.approvalRequirement}
            wordsOf={(each) => [t(`requirement.${each}`), t(`requirementHint.${each}`)]}
            onChange={(approvalRequirement) => change({ approvalRequirement })}
          />
        </>
      )}
      {isManual && (
        <Checkbox
          label={t('field.freshSignIn')}
          description={t('freshSignInHint')}
          checked={draft.freshSignIn}
          onChange={(event) => change({ freshSignIn: event.currentTarget.checked })}
        />
      )}
    </FormSection>
  )
}

interface ChoiceProps<Option extends string> {
  label: string
  options: readonly Option[]
  value: Option
  /** The option's name, and what it means. */
  wordsOf: (option: Option) => [string, string]
  onChange: (option: Option) => void
}

function Choice<Option extends string>({ label, options, value, wordsOf, onChange }: ChoiceProps<Option>) {
  return (
    <Radio.Group
      label={label}
      value={value}
      onChange={(text) => onChange(options.find((option) => option === text) ?? value)}
    >
      <Stack gap={8} mt={6}>
        {options.map((option) => {
          const [name, meaning] = wordsOf(option)
          return <Radio key={option} value={option} label={name} description={meaning} />
        })}
      </Stack>
    </Radio.Group>
  )
}
