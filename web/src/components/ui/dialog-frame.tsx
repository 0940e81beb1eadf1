import '../../theme/mantine-more.css'
import { Button, Group, Modal, Stack } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { focusFirstWrong } from '../../lib/focus-first-wrong.ts'

interface DialogFrameProps {
  title: string
  /** What the button says that acts; the title when left out. */
  submitLabel?: string
  isBusy: boolean
  /** Nothing can be submitted any more: only Close is left. */
  isOver?: boolean
  isDangerous?: boolean
  onSubmit: () => void | Promise<void>
  onClose: () => void
  children: ReactNode
}

/** A dialog that asks before it acts: what will happen, the action, and Cancel. */
export function DialogFrame({
  title,
  submitLabel = title,
  isBusy,
  isOver = false,
  isDangerous = false,
  onSubmit,
  onClose,
  children,
}: DialogFrameProps) {
  const { t } = useTranslation()

  function submit(event: FormEvent): void {
    event.preventDefault()
    // React hands events of a portal to its parents in the tree as well.
    event.stopPropagation()
    if (isBusy || isOver) return
    void onSubmit()
    focusFirstWrong(event.currentTarget as Element)
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      closeOnClickOutside={false}
      size="lg"
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          {children}
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={onClose}>
              {isOver ? t('action.close') : t('action.cancel')}
            </Button>
            {!isOver && (
              <Button type="submit" loading={isBusy} color={isDangerous ? 'red.9' : undefined}>
                {submitLabel}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
