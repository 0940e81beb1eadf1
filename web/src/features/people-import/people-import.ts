/** A file of people on its way to the service: a dry run, and the import with its progress. */
import { client } from '../../api/client.ts'
import type { KeyHeaders } from '../../api/idempotency.ts'
import { ApiProblem } from '../../api/problem.ts'
import type { components } from '../../api/schema.d.ts'

export type Imported = components['schemas']['UsersImport']
export type RefusedLine = Imported['refused'][number]
export type ImportedLine = NonNullable<Imported['lines']>[number]

export interface Progress {
  done: number
  of: number
}

/** The file as it is: never read as text here, because its encoding is for the service to find out. */
const asFile = (file: File) => ({ body: '', bodySerializer: () => file })

/** Bytes are asked for as they come, and lines handed on as soon as they are whole. */
async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    const lines = (rest + value).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest) yield rest
}

export function lookAtFile(file: File) {
  return client.POST('/users/import', {
    params: { query: { dryRun: 'true' } },
    headers: { 'Content-Type': 'text/csv' },
    ...asFile(file),
  })
}

type LastLine = { status: number; body: Imported | ConstructorParameters<typeof ApiProblem>[0] }

/** @throws ApiProblem when it is refused, also where progress was told before */
export async function importFile(file: File, headers: KeyHeaders, onProgress: (progress: Progress) => void) {
  const { data, response } = await client.POST('/users/import', {
    params: { query: {} },
    headers: { 'Content-Type': 'text/csv', Accept: 'application/x-ndjson, application/json', ...headers },
    ...asFile(file),
    parseAs: 'stream',
  })
  const isTelling = response.headers.get('content-type')?.includes('ndjson')
  let text = ''
  for await (const line of linesOf(data as ReadableStream<Uint8Array>)) {
    text = line
    const told = JSON.parse(line) as Partial<Progress>
    if (told.done !== undefined && told.of !== undefined) onProgress({ done: told.done, of: told.of })
  }
  return { data: isTelling ? outcomeOf(text) : (JSON.parse(text) as Imported), response }
}

function outcomeOf(text: string): Imported {
  const { status, body } = JSON.parse(text) as Partial<LastLine>
  // Broken off before its end: nobody knows whether it was done, and asking again under the same key is safe.
  if (status === undefined) throw new ApiProblem({ title: 'No answer', status: 0, detail: '', code: 'offline' })
  if (status !== 200) throw new ApiProblem(body as ConstructorParameters<typeof ApiProblem>[0])
  return body as Imported
}

export type Outcome = ImportedLine['outcome'] | 'refused'

/** One line of the file as the table shows it. */
export interface ShownLine {
  id: string
  line: number
  outcome: Outcome
  person?: ImportedLine
  refused: RefusedLine[]
}

/** Every line once, in the order of the file. */
export function shownLines({ lines = [], refused }: Imported): ShownLine[] {
  const shown = new Map<number, ShownLine>()
  for (const one of refused) {
    const known = shown.get(one.line)
    if (known) known.refused.push(one)
    else shown.set(one.line, { id: String(one.line), line: one.line, outcome: 'refused', refused: [one] })
  }
  for (const person of lines)
    shown.set(person.line, { id: String(person.line), line: person.line, outcome: person.outcome, person, refused: [] })
  return [...shown.values()].sort((one, other) => one.line - other.line)
}
