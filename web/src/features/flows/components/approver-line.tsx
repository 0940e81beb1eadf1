import { ActionIcon, Box, Group, Input, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../components/ui/icon.tsx'
import { approverLines, type DraftApprover } from '../flow-draft.ts'
import { subjectPath } from '../flow-problems.ts'
import classes from '../flows.module.css'
import { MembersField } from './members-field.tsx'
import { Picker } from './picker.tsx'

interface ApproverLineProps {
  approver: DraftApprover
  index: number
  count: number
  /** Its place in the order matters and can be changed. */
  isOrdered: boolean
  /** Users or groups that lines of this kind name already. */
  namedIds: string[]
  errorOf: (path: string) => string | undefined
  onChange: (part: Partial<DraftApprover>) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

/** One approver: who it is, and for a group how many of its members. */
export function ApproverLine(props: ApproverLineProps) {
  const { approver, index, isOrdered, namedIds, errorOf, onChange } = props
  const { t } = useTranslation('flows')
  const { kind, subjectId } = approver
  const { names } = approverLines[kind]
  const isGroup = names === 'group'
  const wrong = errorOf(`approvers.${index}`) ?? errorOf(`approvers.${index}.kind`)
  return (
    <Box component="li" className={classes.line}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Group gap="xs" wrap="nowrap" miw={0}>
          {isOrdered && <span className={classes.number}>{index + 1}</span>}
          <Text fw={600} size="sm">
            {t(`kind.${kind}`)}
          </Text>
        </Group>
        <LineButtons {...props} />
      </Group>
      {names === null ? (
        <Text size="sm" c="dimmed">
          {t('approver.managerHint')}
        </Text>
      ) : (
        <Group align="flex-start" mt={4} gap="sm">
          <Box flex="1 1 240px">
            <Picker
              of={isGroup ? 'groups' : 'users'}
              label={t(isGroup ? 'approver.group' : 'approver.user')}
              placeholder={t(isGroup ? 'picker.group' : 'picker.user')}
              required
              value={subjectId}
              exceptIds={namedIds}
              onChange={(id) => onChange({ subjectId: id, ...(isGroup && { required: 1 }) })}
              error={errorOf(subjectPath(approver, index))}
            />
          </Box>
          {isGroup && (
            <MembersField
              groupId={subjectId}
              value={approver.required}
              onChange={(required) => onChange({ required })}
              error={errorOf(`approvers.${index}.required`)}
            />
          )}
        </Group>
      )}
      {wrong && <Input.Error mt={6}>{wrong}</Input.Error>}
    </Box>
  )
}

function LineButtons({ approver, index, count, isOrdered, onMove, onRemove }: ApproverLineProps) {
  const { t } = useTranslation('flows')
  const what = t('approver.line', { position: index + 1, kind: t(`kind.${approver.kind}`) })
  return (
    <Group gap={2} wrap="nowrap">
      {isOrdered && (
        <>
          <ActionIcon
            aria-label={t('approver.up', { what })}
            disabled={index === 0}
            onClick={() => onMove(-1)}
            data-focus={`${approver.key}:up`}
          >
            <Icon name="arrowUp" size={16} />
          </ActionIcon>
          <ActionIcon
            aria-label={t('approver.down', { what })}
            disabled={index === count - 1}
            onClick={() => onMove(1)}
            data-focus={`${approver.key}:down`}
          >
            <Icon name="arrowDown" size={16} />
          </ActionIcon>
        </>
      )}
      <ActionIcon aria-label={t('approver.remove', { what })} onClick={onRemove}>
        <Icon name="x" size={16} />
      </ActionIcon>
    </Group>
  )
}
