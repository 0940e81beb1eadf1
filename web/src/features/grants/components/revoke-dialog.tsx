import { List, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DialogFrame } from '../../../components/ui/dialog-frame.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { showToast } from '../../../components/ui/toasts.tsx'
import { WorkProgress } from '../../../components/ui/work-progress.tsx'
import { type Grant, useRevoke } from '../use-revoke.ts'
import { RevokeResults } from './revoke-results.tsx'

interface RevokeDialogProps {
  grants: Grant[]
  /** `isDone`: something was revoked, so the selection is over. */
  onClose: (isDone: boolean) => void
}

const wordsOf = ({ user, approvalFlow }: Grant) => ({ name: user.name, flow: approvalFlow.name })

/** Asks before access is taken away; for many it shows what became of each. */
export function RevokeDialog({ grants, onClose }: RevokeDialogProps) {
  const { t } = useTranslation('access')
  const [only] = grants.length === 1 ? grants : []
  const { isBusy, results, run, stop, ...batch } = useRevoke(([answer]) => {
    if (!only || !answer || answer.problem) return
    showToast('success', t(answer.isUnderWay ? 'underWay' : 'revoked', wordsOf(only)))
    onClose(true)
  })
  const progress = { done: results.length, total: grants.length }
  const isOver = !only && batch.isOver

  return (
    <DialogFrame
      title={only ? t('revokeTitle', { flow: only.approvalFlow.name }) : t('revokeManyTitle', { count: grants.length })}
      submitLabel={t('revoke')}
      isDangerous
      isBusy={isBusy}
      isOver={isOver}
      onSubmit={() => run(grants)}
      onClose={() => onClose(isOver)}
      {...(!only && { onStop: stop })}
    >
      {only && <Text>{t('revokeText', { name: only.user.name })}</Text>}
      {only && <ProblemAlert problem={results[0]?.problem} />}
      {isOver && <RevokeResults results={results} />}
      {!only && isBusy && <WorkProgress words={t('working', progress)} {...progress} />}
      {!only && !isBusy && !isOver && (
        <>
          <Text>{t('revokeManyText')}</Text>
          <List size="sm">
            {grants.map((grant) => (
              <List.Item key={grant.id}>{t('item', wordsOf(grant))}</List.Item>
            ))}
          </List>
        </>
      )}
    </DialogFrame>
  )
}
