import { Button, Input, Menu, Stack, VisuallyHidden } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon, type IconName } from '../../../components/ui/icon.tsx'
import {
  type AssignedKind,
  approverLines,
  assignedKinds,
  type DraftApprover,
  longestList,
  newApprover,
} from '../flow-draft.ts'
import classes from '../flows.module.css'
import type { FlowEditorState } from '../use-flow-editor.ts'
import { ApproverLine } from './approver-line.tsx'

const errorId = 'approvers-error'

const kindIcons: Record<AssignedKind, IconName> = {
  manager: 'user',
  resource_owner: 'key',
  user_group: 'users',
  user: 'user',
}

/** The assigned approvers, in their order where that matters. */
export function ApproverList({ editor }: { editor: FlowEditorState }) {
  const { t } = useTranslation('flows')
  const { draft, change, errorOf } = editor
  const { approvers } = draft
  const [said, setSaid] = useState('')
  const wanted = useRef<string>(undefined)
  const frame = useRef<HTMLDivElement>(null)
  const wrong = errorOf('approvers')
  const isOrdered = draft.approvalRequirement === 'sequential'

  // Buttons move with their line, or go away with it: the focus is taken along.
  useEffect(() => {
    if (wanted.current) frame.current?.querySelector<HTMLElement>(`[data-focus="${wanted.current}"]`)?.focus()
    wanted.current = undefined
  }, [approvers])

  const replace = (index: number, part: Partial<DraftApprover>) =>
    change({ approvers: approvers.map((each, at) => (at === index ? { ...each, ...part } : each)) })

  function move(index: number, by: -1 | 1): void {
    const next = [...approvers]
    const [line] = next.splice(index, 1)
    if (!line) return
    const to = index + by
    next.splice(to, 0, line)
    change({ approvers: next })
    setSaid(t('approver.moved', { position: to + 1, count: next.length }))
    const isAtEnd = to === 0 || to === next.length - 1
    wanted.current = `${line.key}:${(by === -1) === isAtEnd ? 'down' : 'up'}`
  }

  function add(kind: AssignedKind): void {
    const line = newApprover(kind)
    change({ approvers: [...approvers, line] })
    setSaid(t('approver.added', { kind: t(`kind.${kind}`) }))
  }

  function remove(index: number): void {
    change({ approvers: approvers.filter((_, at) => at !== index) })
    wanted.current = 'add'
  }

  return (
    <div ref={frame}>
      <Input.Label component="div" required>
        {t('approver.label')}
      </Input.Label>
      <Stack component="ol" gap="xs" className={classes.bare}>
        {approvers.map((approver, index) => (
          <ApproverLine
            key={approver.key}
            approver={approver}
            index={index}
            count={approvers.length}
            isOrdered={isOrdered}
            namedIds={approvers
              .filter(({ kind }) => kind === approver.kind)
              .flatMap(({ subjectId }) => subjectId ?? [])}
            errorOf={errorOf}
            onChange={(part) => replace(index, part)}
            onMove={(by) => move(index, by)}
            onRemove={() => remove(index)}
          />
        ))}
      </Stack>
      <AddApprover approvers={approvers} hasError={wrong !== undefined} onAdd={add} />
      {wrong && (
        <Input.Error id={errorId} mt={6}>
          {wrong}
        </Input.Error>
      )}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </div>
  )
}

interface AddApproverProps {
  approvers: DraftApprover[]
  hasError: boolean
  onAdd: (kind: AssignedKind) => void
}

function AddApprover({ approvers, hasError, onAdd }: AddApproverProps) {
  const { t } = useTranslation('flows')
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          mt="xs"
          variant="default"
          leftSection={<Icon name="plus" size={16} />}
          disabled={approvers.length >= longestList}
          data-focus="add"
          aria-invalid={hasError}
          aria-describedby={hasError ? errorId : undefined}
        >
          {t('approver.add')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {assignedKinds.map((kind) => (
          <Menu.Item
            key={kind}
            leftSection={<Icon name={kindIcons[kind]} size={16} />}
            disabled={approverLines[kind].isSingle && approvers.some((each) => each.kind === kind)}
            onClick={() => onAdd(kind)}
          >
            {t(`kind.${kind}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
