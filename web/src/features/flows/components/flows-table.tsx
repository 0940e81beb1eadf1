import { Checkbox, Group, Text } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '../../../api/problem.ts'
import { FlowAvatar } from '../../../components/ui/avatar.tsx'
import { DataTable } from '../../../components/ui/data-table.tsx'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { AnchorLink } from '../../../components/ui/link.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { lazy } from '../../../lib/lazy.ts'
import { useProblemText } from '../../../lib/use-problem-text.ts'
import type { Flow } from '../flow-draft.ts'
import { useSwitchFlow } from '../use-flow-commands.ts'
import { FlowActions } from './flow-actions.tsx'

const FlowDialog = lazy(async () => (await import('./flow-dialog.tsx')).FlowDialog)

/** The flows, each with its switch; what cancels open requests asks first. */
export function FlowsTable({ flows }: { flows: Flow[] }) {
  const { t } = useTranslation('flows')
  const textOf = useProblemText()
  const [asked, setAsked] = useState<{ flow: Flow; act: 'disable' | 'delete' }>()
  const toggled = useRef<Flow>(undefined)
  const { isBusy, run } = useSwitchFlow({ onRefused: refused })

  /** Requests may have come in since the list was read: the service counts them, and then it is asked all the same. */
  function refused(problem: ApiProblem): void {
    const flow = toggled.current
    if (problem.code !== 'confirmation_required' || !flow) return showToast('failure', textOf(problem))
    setAsked({ flow: { ...flow, openRequests: Number(problem.problem.openRequests) }, act: 'disable' })
  }

  function toggle(flow: Flow): void {
    toggled.current = flow
    if (flow.enabled && flow.openRequests > 0) setAsked({ flow, act: 'disable' })
    else void run({ flow, isConfirmed: false })
  }

  return (
    <>
      <DataTable
        label={t('table')}
        rows={flows}
        columns={[
          { id: 'name', header: t('column.name'), isLead: true, render: (flow) => <FlowName flow={flow} /> },
          { id: 'group', header: t('column.group'), render: ({ groupName }) => groupName },
          { id: 'type', header: t('column.type'), render: (flow) => <FlowApproval flow={flow} /> },
          { id: 'open', header: t('column.open'), isNarrow: true, render: ({ openRequests }) => openRequests },
          {
            id: 'enabled',
            header: t('column.enabled'),
            isNarrow: true,
            render: (flow) => (
              <Checkbox
                aria-label={t('toggle', { name: flow.name })}
                checked={flow.enabled}
                disabled={isBusy}
                onChange={() => toggle(flow)}
              />
            ),
          },
        ]}
        actions={{
          label: t('actions'),
          render: (flow) => <FlowActions flow={flow} onDelete={() => setAsked({ flow, act: 'delete' })} />,
        }}
      />
      <DialogSlot>{asked && <FlowDialog {...asked} onClose={() => setAsked(undefined)} />}</DialogSlot>
    </>
  )
}

function FlowName({ flow }: { flow: Flow }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <FlowAvatar flow={flow} />
      <AnchorLink
        to="/admin/flows/$flowId"
        params={{ flowId: flow.id }}
        inherit
        fw={600}
        className="gh-break"
        preload={false}
      >
        {flow.name}
      </AnchorLink>
    </Group>
  )
}

function FlowApproval({ flow: { approvalType, approvers } }: { flow: Flow }) {
  const { t } = useTranslation('flows')
  const isAdministrators = approvers.some(({ kind }) => kind === 'administrator')
  return (
    <div>
      {t(`type.${approvalType}`)}
      {approvalType === 'manual' && (
        <Text size="xs" c="dimmed">
          {isAdministrators ? t('decidedBy.administrator') : t('approvers', { count: approvers.length })}
        </Text>
      )}
    </div>
  )
}
