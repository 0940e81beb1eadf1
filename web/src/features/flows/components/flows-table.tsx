import { Checkbox, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FlowAvatar } from '../../../components/ui/avatar.tsx'
import { DataTable } from '../../../components/ui/data-table.tsx'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { AnchorLink } from '../../../components/ui/link.tsx'
import { NameLink } from '../../../components/ui/name-link.tsx'
import { lazy } from '../../../lib/lazy.ts'
import type { Flow } from '../flow-draft.ts'
import { useSwitchFlow } from '../use-flow-commands.ts'
import { FlowActions } from './flow-actions.tsx'

const FlowDialog = lazy(async () => (await import('./flow-dialog.tsx')).FlowDialog)

/** The flows, each with its switch; disabling asks first, and can be taken back. */
export function FlowsTable({ flows }: { flows: Flow[] }) {
  const { t } = useTranslation('flows')
  const [asked, setAsked] = useState<{ flow: Flow; act: 'disable' | 'delete' }>()
  const { isBusy, run } = useSwitchFlow({})

  function toggle(flow: Flow): void {
    if (flow.enabled) setAsked({ flow, act: 'disable' })
    else void run({ flow, isConfirmed: false })
  }

  /** Enables the flow again; requests that were canceled stay so. */
  const undo = (flow: Flow) => void run({ flow, isConfirmed: false })

  return (
    <>
      <DataTable
        label={t('table')}
        rows={flows}
        columns={[
          { id: 'name', header: t('column.name'), isLead: true, render: (flow) => <FlowName flow={flow} /> },
          {
            id: 'group',
            header: t('column.group'),
            render: ({ groupId, groupName }) => (
              <NameLink kind="group" id={groupId}>
                {groupName}
              </NameLink>
            ),
          },
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
      <DialogSlot>{asked && <FlowDialog {...asked} onUndo={undo} onClose={() => setAsked(undefined)} />}</DialogSlot>
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
