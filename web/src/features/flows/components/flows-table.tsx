import { Button, Checkbox, Group, Text } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FlowAvatar } from '../../../components/ui/avatar.tsx'
import { DataTable } from '../../../components/ui/data-table.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { type Flow, useFlowWrites } from '../use-flow-writes.ts'

const FlowDialog = lazy(async () => ({ default: (await import('./flow-dialog.tsx')).FlowDialog }))

/** The flows, each with its switch; what cancels open requests asks first. */
export function FlowsTable({ flows }: { flows: Flow[] }) {
  const { t } = useTranslation('flows')
  const { isBusy, problem, setEnabled } = useFlowWrites()
  const [asked, setAsked] = useState<{ flow: Flow; act: 'disable' | 'delete' }>()

  function toggle(flow: Flow): void {
    if (flow.enabled && flow.openRequests > 0) setAsked({ flow, act: 'disable' })
    else void setEnabled(flow, !flow.enabled, false)
  }

  return (
    <>
      <ProblemAlert problem={problem} />
      <DataTable
        label={t('table')}
        rows={flows}
        columns={[
          { id: 'name', header: t('column.name'), isLead: true, render: (flow) => <FlowName flow={flow} /> },
          { id: 'group', header: t('column.group'), render: ({ groupName }) => groupName },
          { id: 'type', header: t('column.type'), render: ({ approvalType }) => t(`type.${approvalType}`) },
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
          render: (flow) => (
            <Button
              size="xs"
              variant="default"
              aria-label={t('deleteOne', { name: flow.name })}
              onClick={() => setAsked({ flow, act: 'delete' })}
            >
              {t('delete')}
            </Button>
          ),
        }}
      />
      <Suspense>{asked && <FlowDialog {...asked} onClose={() => setAsked(undefined)} />}</Suspense>
    </>
  )
}

function FlowName({ flow }: { flow: Flow }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <FlowAvatar flow={flow} />
      <Text span inherit fw={600} className="gh-break">
        {flow.name}
      </Text>
    </Group>
  )
}
