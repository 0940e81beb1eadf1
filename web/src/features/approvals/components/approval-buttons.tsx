import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { Icon } from '../../../components/ui/icon.tsx'
import type { Verdict } from '../approval-body.ts'
import { ApprovalDialog } from './dialogs.ts'

/** Approve and Deny while it is mine to decide, and the dialog that each opens. Without pictures in a row, where a phone has little room. */
export function ApprovalButtons({ request, size = 'sm' }: { request: AccessRequest; size?: 'sm' | 'compact-sm' }) {
  const { t } = useTranslation('approvals')
  const [verdict, setVerdict] = useState<Verdict>()

  const words = { name: request.requester.name, flow: request.approvalFlow.name }
  return (
    <>
      {request.abilities.decide && (
        <>
          <Button
            size={size}
            leftSection={size === 'sm' && <Icon name="check" size={16} />}
            aria-label={t('approveOf', words)}
            onClick={() => setVerdict('approve')}
          >
            {t('approve')}
          </Button>
          <Button
            size={size}
            variant="default"
            leftSection={size === 'sm' && <Icon name="x" size={16} />}
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
