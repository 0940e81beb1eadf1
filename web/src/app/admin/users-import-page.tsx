import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../../components/ui/link.tsx'
import { PageHeader } from '../../components/ui/page-header.tsx'
import { State } from '../../components/ui/states.tsx'
import { ChooseFile } from '../../features/people-import/components/choose-file.tsx'
import { FileProblem } from '../../features/people-import/components/file-problem.tsx'
import { ImportResult } from '../../features/people-import/components/import-result.tsx'
import { ImportRules } from '../../features/people-import/components/import-rules.tsx'
import { type Imported, lookAtFile } from '../../features/people-import/people-import.ts'
import { useCommand } from '../../lib/use-command.ts'
import { useFormat } from '../../lib/use-format.ts'

interface Looked {
  file: File
  result: Imported
}

/** User Management > Users > Import: a file is looked at first, and imported then. */
export function UsersImportPage() {
  const { t } = useTranslation('people')
  const [looked, setLooked] = useState<Looked>()
  const [imported, setImported] = useState<Imported>()
  const { run, isBusy, problem } = useCommand({
    send: ({ file }: { file: File }) => lookAtFile(file),
    onDone: (result, _response, { file }) => setLooked({ file, result }),
    onRefused: () => setLooked(undefined),
  })
  return (
    <>
      <PageHeader title={t('title')} description={t('intro')} back={{ href: '/admin/users', label: t('back') }} />
      {imported ? (
        <Done
          imported={imported}
          onAnother={() => {
            setImported(undefined)
            setLooked(undefined)
          }}
        />
      ) : (
        <>
          <ChooseFile
            label={looked ? t('chooseOther') : t('choose')}
            isBusy={isBusy}
            isMinor={looked !== undefined}
            onFile={(file) => void run({ file })}
          />
          <FileProblem problem={problem} />
          {looked ? (
            <ImportResult key={looked.file.lastModified} {...looked} onImported={setImported} />
          ) : (
            <ImportRules />
          )}
        </>
      )}
    </>
  )
}

function Done({ imported, onAnother }: { imported: Imported; onAnother: () => void }) {
  const { t } = useTranslation('people')
  const format = useFormat()
  const { created, changed, unchanged } = imported
  const words = {
    created: format.number(created),
    changed: format.number(changed),
    unchanged: format.number(unchanged),
  }
  return (
    <div role="status">
      <State
        icon="check"
        color="green"
        title={t('doneTitle')}
        action={
          <Group>
            <ButtonLink to="/admin/users">{t('toUsers')}</ButtonLink>
            <Button variant="default" onClick={onAnother}>
              {t('another')}
            </Button>
          </Group>
        }
      >
        {t('doneText', words)}
      </State>
    </div>
  )
}
