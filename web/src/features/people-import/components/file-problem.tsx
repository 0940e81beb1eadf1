import { Alert } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '../../../api/problem.ts'
import { Icon } from '../../../components/ui/icon.tsx'
import { ProblemAlert } from '../../../components/ui/problem-alert.tsx'
import { useFormat } from '../../../lib/use-format.ts'

interface WrongFile {
  reason: string
  kind?: string
  line?: number
  names?: string[]
  name?: string
  maximum?: number
}

/** Why the file as a whole was refused, in the reader's language. */
export function FileProblem({ problem }: { problem: ApiProblem | undefined }) {
  const { t } = useTranslation('people')
  const format = useFormat()
  const reasons: Record<string, string> = t('file', { returnObjects: true })
  const kinds: Record<string, string> = t('kind', { returnObjects: true })
  const file = problem?.problem['file'] as WrongFile | undefined
  if (!file || !reasons[file.reason]) return <ProblemAlert problem={problem} />
  const words = {
    kind: kinds[file.kind ?? 'binary'],
    line: file.line,
    names: file.names?.join(', '),
    name: file.name,
    maximum: format.number(file.maximum ?? 0),
  }
  return (
    <Alert color="red" mt="md" role="alert" icon={<Icon name="alert" />}>
      {t(`file.${file.reason}` as 'file.empty', words)}
    </Alert>
  )
}
