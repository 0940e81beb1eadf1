import { Button } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { useOpener } from '../use-opener.ts'
import type { Verdict } from './approval-dialog.tsx'

const ApprovalDialog = lazy(async () => ({ default: (await import('./approval-dialog.tsx')).ApprovalDialog }))

/** Approve and Deny while it is mine to decide, and the dialog that each opens. */
export function ApprovalButtons({ request }: { request: AccessRequest }) {
  const { t } = useTranslation('approvals')
  const [verdict, setVerdict] = useState<Verdict>()
  const opener = useOpener()

  function open(chosen: Verdict): void {
    opener.remember()
    setVerdict(chosen)
  }

  function close(): void {
    setVerdict(undefined)
    opener.giveBack()
  }

  const words = { name: request.requester.name, flow: request.approvalFlow.name }
  return (
    <>
      {request.abilities.decide && (
        <>
          <Button
            leftSection={<Icon name="check" size={16} />}
            aria-label={t('approveOf', words)}
            onClick={() => open('approve')}
          >
            {t('approve')}
          </Button>
          <Button
            variant="default"
            leftSection={<Icon name="x" size={16} />}
            aria-label={t('denyOf', words)}
            onClick={() => open('deny')}
          >
            {t('deny')}
          </Button>
        </>
      )}
      <Suspense>{verdict && <ApprovalDialog request={request} verdict={verdict} onClose={close} />}</Suspense>
    </>
  )
}
