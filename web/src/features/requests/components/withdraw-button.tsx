import { Button } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessRequest } from '../../../api/types.ts'
import { useOpener } from '../use-opener.ts'

const WithdrawDialog = lazy(async () => ({ default: (await import('./withdraw-dialog.tsx')).WithdrawDialog }))

/** Withdraw, while the request is open; asks first. */
export function WithdrawButton({ request, size }: { request: AccessRequest; size?: 'xs' | 'sm' }) {
  const { t } = useTranslation('asking')
  const [isOpen, setOpen] = useState(false)
  const opener = useOpener()

  function open(): void {
    opener.remember()
    setOpen(true)
  }

  function close(): void {
    setOpen(false)
    opener.giveBack()
  }

  return (
    <>
      {request.abilities.withdraw && (
        <Button
          variant="default"
          size={size ?? 'sm'}
          aria-label={t('withdrawOf', { flow: request.approvalFlow.name })}
          onClick={open}
        >
          {t('withdraw')}
        </Button>
      )}
      <Suspense>{isOpen && <WithdrawDialog request={request} onClose={close} />}</Suspense>
    </>
  )
}
