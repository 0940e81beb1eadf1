import { Button, FileButton, Paper, Stack, Text } from '@mantine/core'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../components/ui/icon.tsx'
import classes from './import.module.css'

interface ChooseFileProps {
  label: string
  isBusy: boolean
  /** There is something more important on the page. */
  isMinor: boolean
  onFile: (file: File) => void
}

/** Chooses a file by the button, or by dropping it anywhere on the frame. */
export function ChooseFile({ label, isBusy, isMinor, onFile }: ChooseFileProps) {
  const { t } = useTranslation('people')
  const [isOver, setIsOver] = useState(false)
  const drag = (over: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setIsOver(over)
  }
  const take = (event: DragEvent) => {
    drag(false)(event)
    const [file] = event.dataTransfer.files
    if (file && !isBusy) onFile(file)
  }
  return (
    <Paper
      className={classes.drop}
      data-over={isOver}
      p="lg"
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={take}
    >
      <Stack align="center" gap="xs">
        <FileButton
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
          onChange={(file) => file && onFile(file)}
        >
          {(props) => (
            <Button
              {...props}
              variant={isMinor ? 'default' : 'filled'}
              loading={isBusy}
              leftSection={<Icon name="inbox" size={16} />}
            >
              {label}
            </Button>
          )}
        </FileButton>
        <Text size="sm" c="dimmed" ta="center">
          {t('limits')}
        </Text>
      </Stack>
    </Paper>
  )
}
