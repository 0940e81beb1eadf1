import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isSessionReplaced } from '../../api/session-identity.ts'
import { focusFirstWrong } from '../../lib/focus-first-wrong.ts'
import type { Draft } from '../../lib/use-draft.ts'
import { DraftNote } from './draft-note.tsx'

interface DialogFrameProps {
  title: string
  /** What the button says that acts; the title when left out. */
  submitLabel?: string
  /** What was submitted is on its way: until the answer is there the dialog stays. */
  isBusy: boolean
  /** Nothing can be submitted any more: only Close is left. */
  isOver?: boolean
  isDangerous?: boolean
  /** Of the form in it: closing forgets it, leaving for another page does not. */
  draft?: Draft
  onSubmit: () => void | Promise<void>
  onClose: () => void
  /** Ends long work early; stands in for Cancel while it goes on. */
  onStop?: () => void
  children: ReactNode
}

/** A dialog that asks before it acts: what will happen, the action, and Cancel. */
export function DialogFrame(props: DialogFrameProps) {
  const { title, submitLabel = title, isBusy, isOver = false, isDangerous = false, draft, onSubmit, onStop } = props
  const { t } = useTranslation()
  const escape = useEscape(close, draft?.isRestored)
  const isOnTop = useIsOnTop()
  const isKept = isBusy || (escape.isTouched && !isOver)
  useBlocker({
    // Back looks like cancelling, too. Where the answer leads is another matter.
    shouldBlockFn: ({ action }) =>
      action !== 'PUSH' && action !== 'REPLACE' && (isBusy || (!isOver && !escape.mayLeave())),
    enableBeforeUnload: () => isBusy && onStop !== undefined && !isSessionReplaced(),
  })

  function close(): void {
    draft?.forget()
    props.onClose()
  }

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
      // Every open dialog hears of Escape: it is meant for the one on top.
      onClose={() => isOnTop() && close()}
      title={title}
      closeButtonProps={{ 'aria-label': t('action.close'), disabled: isBusy }}
      closeOnClickOutside={false}
      closeOnEscape={!isKept}
      onKeyDown={(event) => {
        // A dialog that was opened from a field of another one is inside it for React.
        if (!isBusy && !isOver && isOnTop()) escape.press(event)
      }}
      size="lg"
    >
      <form onSubmit={submit} onInput={escape.touch} noValidate>
        <Stack>
          {draft && !isOver && <DraftNote draft={draft} />}
          {props.children}
          <Group justify="flex-end" mt="xs">
            <Text size="sm" c="dimmed" role="status">
              {escape.isAsked && !isOver && t('escapeAgain')}
            </Text>
            <WayOut {...props} onClose={close} />
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

function WayOut({ isBusy, isOver, onClose, onStop }: DialogFrameProps) {
  const { t } = useTranslation()
  if (isBusy && onStop)
    return (
      <Button variant="default" onClick={onStop}>
        {t('action.stop')}
      </Button>
    )
  return (
    <Button variant="default" data-autofocus disabled={isBusy} onClick={onClose}>
      {isOver ? t('action.close') : t('action.cancel')}
    </Button>
  )
}

/** The dialogs that are open, the topmost last. */
const openDialogs: object[] = []

/** @returns whether no other dialog has been opened above this one, asked at that moment */
function useIsOnTop(): () => boolean {
  const self = useRef({})
  useEffect(() => {
    const dialog = self.current
    openDialogs.push(dialog)
    return () => void openDialogs.splice(openDialogs.indexOf(dialog), 1)
  }, [])
  return () => openDialogs.at(-1) === self.current
}

/** What somebody has typed is not lost by one Escape, or by Back: the second one closes. */
function useEscape(onClose: () => void, wasTouched = false) {
  const [isTouched, setIsTouched] = useState(wasTouched)
  const [isAsked, setIsAsked] = useState(false)

  function press({ key, target, repeat }: KeyboardEvent): void {
    if (key !== 'Escape' || !isTouched || repeat) return
    // An open list of choices takes its own Escape.
    if (target instanceof Element && target.getAttribute('aria-expanded') === 'true') return
    if (isAsked) onClose()
    else setIsAsked(true)
  }

  return {
    isTouched,
    isAsked,
    press,
    /** False for the first try to leave what was typed: then it is asked. */
    mayLeave(): boolean {
      if (!isTouched || isAsked) return true
      setIsAsked(true)
      return false
    },
    touch() {
      setIsTouched(true)
      setIsAsked(false)
    },
  }
}
