import { Alert, Anchor, Badge, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../api/schema.d.ts'
import { PersonAvatar } from '../../../components/ui/avatar.tsx'
import { Icon, type IconName } from '../../../components/ui/icon.tsx'
import type { Requirement } from '../flow-draft.ts'
import classes from '../flows.module.css'

type Preview = components['schemas']['ApprovalFlowPreview']
type Step = Preview['steps'][number]

const looks: Record<Preview['outcome'], { color: string; icon: IconName }> = {
  approved: { color: 'green', icon: 'check' },
  waiting: { color: 'blue', icon: 'clock' },
  missing: { color: 'orange', icon: 'alert' },
}
const most = 6

/** What would happen at first, and every step with those who could decide it. */
export function PreviewResult({ preview, requirement }: { preview: Preview; requirement: Requirement }) {
  const { t } = useTranslation('flows')
  const { outcome, steps, missingData } = preview
  return (
    <Stack gap="md">
      <Alert role="note" color={looks[outcome].color} icon={<Icon name={looks[outcome].icon} />}>
        {t(`preview.outcome.${outcome}`)}
      </Alert>
      {steps.length > 1 && (
        <Text size="sm" fw={600}>
          {t(`requirementHint.${requirement}`)}
        </Text>
      )}
      {steps.length > 0 && (
        <Stack component="ol" gap="md" className={classes.bare}>
          {steps.map((step) => (
            <PreviewStep key={step.order} step={step} gap={missingData.find((each) => each.step === step.order)} />
          ))}
        </Stack>
      )}
    </Stack>
  )
}

function PreviewStep({ step, gap }: { step: Step; gap: Preview['missingData'][number] | undefined }) {
  const { t } = useTranslation('flows')
  const { order, kind, label, required, approvers } = step
  const end = label.indexOf(': ')
  const state = gap ? 'missing' : step.state === 'current' ? 'current' : step.state === 'skipped' ? 'skipped' : 'later'
  const rest = approvers.length - most
  return (
    <li className={classes.step} data-state={state}>
      <span className={classes.number}>{order}</span>
      <Stack gap={6}>
        <Group gap="xs" justify="space-between">
          <Text size="sm" fw={600} className="gh-break">
            {t(`preview.kind.${kind}`, { name: end === -1 ? label : label.slice(end + 2) })}
          </Text>
          <Badge variant="light" color={state === 'missing' ? 'orange' : state === 'current' ? 'blue' : 'gray'}>
            {t(`preview.state.${state}`)}
          </Badge>
        </Group>
        {kind === 'user_group' && (
          <Text size="xs" c="dimmed">
            {required === 'all' ? t('preview.needsAll') : t('preview.needs', { count: required })}
          </Text>
        )}
        {approvers.slice(0, most).map(({ id, name, email }) => (
          <Group key={id} gap={8} wrap="nowrap">
            <PersonAvatar name={name} size={24} />
            <Text size="sm" className="gh-break" title={email}>
              {name}
            </Text>
          </Group>
        ))}
        {rest > 0 && (
          <Text size="sm" c="dimmed">
            {t('preview.more', { count: rest })}
          </Text>
        )}
        {gap && <Gap gap={gap} />}
      </Stack>
    </li>
  )
}

/** What is missing, and where a manager is filled in. */
function Gap({ gap: { kind, subjectUserId } }: { gap: Preview['missingData'][number] }) {
  const { t } = useTranslation('flows')
  return (
    <Text size="sm" component="div">
      {t(`preview.missing.${kind}`)}{' '}
      {kind === 'manager' && subjectUserId && (
        <Anchor href={`/admin/users/${subjectUserId}?tab=employment&focus=manager`} target="_blank" inherit>
          {t('preview.addInUsers')}
        </Anchor>
      )}
    </Text>
  )
}
