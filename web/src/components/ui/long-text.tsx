import { Button, Text } from '@mantine/core'
import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

const mostLines = 6

/** A text that somebody wrote, in full when it is short; a long one shows its beginning, and the rest on demand. */
export function LongText({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const id = useId()
  const text = useRef<HTMLParagraphElement>(null)
  const [isOpen, setOpen] = useState(false)
  const [isCut, setCut] = useState(false)

  useLayoutEffect(() => {
    const element = text.current
    if (!element || isOpen) return undefined
    const look = () => setCut(element.scrollHeight > element.clientHeight + 1)
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => observer.disconnect()
  }, [isOpen])

  return (
    <div>
      <Text ref={text} id={id} inherit className="gh-prose" lineClamp={isOpen ? undefined : mostLines}>
        {children}
      </Text>
      {(isCut || isOpen) && (
        <Button
          variant="subtle"
          size="compact-sm"
          mt={4}
          ml={-8}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? t('action.showLess') : t('action.showAll')}
        </Button>
      )}
    </div>
  )
}
