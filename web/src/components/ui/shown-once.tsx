import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { copyText } from '../../lib/copy-text.ts'
import { Icon } from './icon.tsx'

interface ShownOnceProps {
  title: string
  label: string
  secret: string
  /** That it will not be seen again. */
  warning: string
  hint: string
  /** Words of the only way out. */
  doneLabel: string
  onClose: () => void
  children?: ReactNode
}

/** A secret that cannot be shown again: closes only by the button that says it is kept. */
export function ShownOnce({ title, label, secret, warning, hint, doneLabel, onClose, children }: ShownOnceProps) {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  const [isCopied, setIsCopied] = useState(false)
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      size="lg"
    >
      <Stack>
        <Alert role="note" color="yellow" icon={<Icon name="alert" />} title={warning}>
          {hint}
        </Alert>
        <Group align="flex-end" gap="xs" wrap="nowrap">
          {/* In larger letters some systems cut off what is below the line: the underscores. */}
          <TextInput
            ref={field}
            flex={1}
            label={label}
            readOnly
            value={secret}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
            onFocus={(event) => event.currentTarget.select()}
          />
          <Button
            data-autofocus
            leftSection={<Icon name={isCopied ? 'check' : 'copy'} size={16} />}
            onClick={() => void copyText(secret, field.current).then(setIsCopied)}
          >
            {t('action.copy')}
          </Button>
        </Group>
        <Text size="sm" role="status" mih="1.5em">
          {isCopied && t('action.copied')}
        </Text>
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {doneLabel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
