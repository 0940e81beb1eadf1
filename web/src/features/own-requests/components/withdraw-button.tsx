import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { DialogSlot } from '../../../components/ui/dialog-slot.tsx'
import { lazy } from '../../../lib/lazy.ts'

const WithdrawDialog = lazy(async () => (await import('./withdraw-dialog.tsx')).WithdrawDialog)

/** Withdraw, while the request is open; asks first. */
export function WithdrawButton({ request, size }: { request: AccessRequest; size?: 'xs' | 'sm' }) {
  const { t } = useTranslation('asking')
  const [isOpen, setOpen] = useState(false)

  return (
    <>
      {request.abilities.withdraw && (
        <Button
          variant="default"
          size={size ?? 'sm'}
          aria-label={t('withdrawOf', { flow: request.approvalFlow.name })}
          onClick={() => setOpen(true)}
        >
          {t('withdraw')}
        </Button>
      )}
      <DialogSlot>{isOpen && <WithdrawDialog request={request} onClose={() => setOpen(false)} />}</DialogSlot>
    </>
  )
}
