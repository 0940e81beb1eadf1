import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { Icon } from '../../../components/ui/icon.tsx'
import { lazy } from '../../../lib/lazy.ts'
import type { Verdict } from './approval-dialog.tsx'

const ApprovalDialog = lazy(async () => (await import('./approval-dialog.tsx')).ApprovalDialog)

/** Approve and Deny while it is mine to decide, and the dialog that each opens. */
export function ApprovalButtons({ request }: { request: AccessRequest }) {
  const { t } = useTranslation('approvals')
  const [verdict, setVerdict] = useState<Verdict>()

  const words = { name: request.requester.name, flow: request.approvalFlow.name }
  return (
    <>
      {request.abilities.decide && (
        <>
          <Button
            leftSection={<Icon name="check" size={16} />}
            aria-label={t('approveOf', words)}
            onClick={() => setVerdict('approve')}
          >
            {t('approve')}
          </Button>
          <Button
            variant="default"
            leftSection={<Icon name="x" size={16} />}
            aria-label={t('denyOf', words)}
            onClick={() => setVerdict('deny')}
          >
            {t('deny')}
          </Button>
        </>
      )}
      <DialogSlot>
        {verdict && <ApprovalDialog request={request} verdict={verdict} onClose={() => setVerdict(undefined)} />}
      </DialogSlot>
    </>
  )
}
