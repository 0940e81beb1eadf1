import { z } from 'zod'
import { csvStyle } from '../../../platform/http/csv.ts'
import { fieldErrorSchema } from '../../../platform/http/field-error-schema.ts'
import { userStates } from '../users/users.table.ts'
import { mostLines } from './people.csv.ts'

export const importQuery = z.strictObject({
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true')
    .meta({ description: 'true says what would come of the file, line by line, and writes nothing' }),
})

export const refusedLine = z
  .object({
    line: z.int().meta({ description: 'Of the file; the one that names the columns is 1' }),
    email: z.string().nullable(),
  })
  .and(fieldErrorSchema)

const change = z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })

export const importedLine = z.object({
  line: z.int(),
  outcome: z.enum(['created', 'changed', 'unchanged']),
  name: z.string(),
  email: z.string(),
  state: z.enum(userStates),
  changes: z.array(change).meta({ description: 'Managers by name, groups that come and go by theirs' }),
})

const counts = {
  created: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  refused: z.array(refusedLine).meta({ description: 'With one of them nothing is imported' }),
}

export const imported = z
  .object({
    ...counts,
    lines: z.array(importedLine).optional().meta({ description: 'Of a dry run: every line that is not refused' }),
  })
  .meta({ id: 'UsersImport', description: `People of a file, at most ${mostLines}` })
export type Imported = z.output<typeof imported>

const { columns, language, timeZone } = csvStyle
export const peopleExportQuery = z.strictObject({
  columns,
  language,
  timeZone,
  template: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true')
    .meta({ description: 'true: only the line that names the columns, and an example' }),
})
