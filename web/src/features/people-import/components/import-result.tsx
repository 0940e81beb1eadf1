import { Alert, Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../components/ui/icon.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { WorkProgress } from '../../../components/ui/work-progress.tsx'
import { useCommand } from '../../../lib/use-command.ts'
import { useFormat } from '../../../lib/use-format.ts'
import { type Imported, importFile, type Progress, shownLines } from '../people-import.ts'
import { ImportLines } from './import-lines.tsx'

interface ImportResultProps {
  file: File
  result: Imported
  onImported: (imported: Imported) => void
}

/** What would come of the file, and the way to do it. */
export function ImportResult({ file, result, onImported }: ImportResultProps) {
  const { t } = useTranslation('people')
  const format = useFormat()
  const lines = shownLines(result)
  const { created, changed, unchanged } = result
  const refused = lines.filter(({ outcome }) => outcome === 'refused').length
  const count = created + changed
  const numbers = { created, changed, unchanged, refused }
  const words = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, format.number(value)]))
  return (
    <>
      <Text mt="md" fw={600} className="gh-break" role="status">
        {t('result', { name: file.name, ...words })}
      </Text>
      {refused > 0 && (
        <Alert color="red" mt="sm" icon={<Icon name="alert" />}>
          {t('refusedNote')}
        </Alert>
      )}
      {refused === 0 && count === 0 && <Text mt="sm">{t('nothingToDo')}</Text>}
      {refused === 0 && count > 0 && <ImportButton file={file} count={count} onImported={onImported} />}
      <ImportLines lines={lines} />
    </>
  )
}

function ImportButton({ file, count, onImported }: Pick<ImportResultProps, 'file' | 'onImported'> & { count: number }) {
  const { t } = useTranslation('people')
  const format = useFormat()
  const [progress, setProgress] = useState<Progress>()
  // The key is that of the file: what stands in it is not read here.
  const mark = { name: file.name, size: file.size, lastModified: file.lastModified }
  const { run, isBusy, problem } = useCommand({
    send: (_: typeof mark, headers) => importFile(file, headers, setProgress),
    onDone: onImported,
    rereads: ['/users', '/departments', '/user-groups'],
  })
  const done = progress?.done ?? 0
  const total = format.number(count)
  return (
    <>
      <Group mt="sm">
        <Button loading={isBusy} onClick={() => void run(mark)}>
          {t('import', { count })}
        </Button>
      </Group>
      {isBusy && (
        <div role="status">
          <WorkProgress
            words={done === 0 ? t('starting', { total }) : t('importing', { done: format.number(done), total })}
            done={done}
            total={count}
          />
        </div>
      )}
      <ProblemAlert problem={problem} />
    </>
  )
}
