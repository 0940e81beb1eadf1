import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import type { Flow } from '../flow-draft.ts'
import { useDeleteFlow, useSwitchFlow } from '../use-flow-commands.ts'

interface FlowDialogProps {
  flow: Flow
  act: 'disable' | 'delete'
  onUndo: (flow: Flow) => void
  onClose: () => void
}

/** Asks before a flow is disabled or deleted, saying how many open requests that cancels. */
export function FlowDialog({ flow, act, onUndo, onClose }: FlowDialogProps) {
  const { t } = useTranslation('flows')
  const deletion = useDeleteFlow(onClose)
  const disabling = useSwitchFlow({ onDone: onClose, onUndo })
  const { isBusy, problem } = act === 'delete' ? deletion : disabling
  const submit = () => (act === 'delete' ? deletion.run(flow) : disabling.run({ flow, isConfirmed: true }))

  return (
    <DialogFrame
      title={t(`${act}Title`, { name: flow.name })}
      submitLabel={t(act)}
      isDangerous
      isBusy={isBusy}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text>
        {flow.openRequests > 0 && t('cancels', { count: flow.openRequests })} {t('stays')}
      </Text>
      <ProblemAlert problem={problem} />
    </DialogFrame>
  )
}
