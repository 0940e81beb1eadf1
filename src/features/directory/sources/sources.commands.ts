/** Changes of the sources that people come from. Each write and its audit entry are one transaction. */
import type { AuditChange, AuditEntry } from '../../../domain/audit-entry.ts'
import type { Operation } from '../../../domain/operation.ts'
import { auditOf, changesBetween, changesOfRemoval } from '../../../domain/operation.ts'
import { DomainError, invalidInput } from '../../../domain/shared/errors.ts'
import { fieldProblem } from '../../../domain/shared/field-errors.ts'
import type { DbOrTx } from '../../../platform/db/columns.ts'
import type { AuditLog, RecordEntries } from '../../audit/audit.repository.ts'
import {
  deleteSource,
  findSource,
  holdingsOf,
  insertSource,
  lockSource,
  type SourceRow,
  sourcesOfKind,
  updateSource,
} from './sources.repository.ts'
import type { CreateSource, UpdateSource } from './sources.schemas.ts'

export interface SourcesDeps {
  db: DbOrTx
  auditLog: Pick<AuditLog, 'within'>
}

const fieldsOf = ({ name, kind }: SourceRow) => ({ name, kind })

function found(source: SourceRow | undefined): SourceRow {
  if (!source) throw new DomainError('not_found', 'There is no such people source.')
  return source
}

function entryOf(
  operation: Operation,
  verb: 'create' | 'update' | 'delete',
  { source: { id, name }, changes }: { source: SourceRow; changes: AuditChange[] },
): AuditEntry {
  const resource = { type: 'people_source', id, name }
  return auditOf(operation, { eventType: `people_source_${verb}`, resource, changes })
}

/** @throws DomainError `not_found`, `conflict` (name taken) */
export function createSources({ db, auditLog }: SourcesDeps) {
  async function make(
    operation: Operation,
    { tx, record }: { tx: DbOrTx; record: RecordEntries },
    input: CreateSource,
  ): Promise<SourceRow> {
    const isNew = await insertSource(tx, { ...input, id: operation.operationId })
    const source = found(await findSource(tx, operation.operationId))
    if (isNew) record(entryOf(operation, 'create', { source, changes: changesBetween(null, fieldsOf(source)) }))
    return source
  }

  return {
    create: (operation: Operation, input: CreateSource): Promise<SourceRow> =>
      auditLog.within(db, (tx, record) => make(operation, { tx, record }, input)),

    async update(operation: Operation, id: string, input: UpdateSource): Promise<SourceRow> {
      return auditLog.within(db, async (tx, record) => {
        const before = found(await lockSource(tx, id))
        await updateSource(tx, id, input.name === undefined ? {} : { name: input.name })
        const source = found(await findSource(tx, id))
        const changes = changesBetween(fieldsOf(before), fieldsOf(source))
        if (changes.length > 0) record(entryOf(operation, 'update', { source, changes }))
        return source
      })
    },

    /** Its tokens end at once. People and groups stay as they are, and are kept here from then on. */
    async delete(operation: Operation, id: string): Promise<void> {
      await auditLog.within(db, async (tx, record) => {
        const source = found(await lockSource(tx, id))
        const { people, groups, tokens } = await holdingsOf(tx, id)
        await deleteSource(tx, id)
        const held = { people, groups, tokens: tokens.map(({ name }) => name) }
        record(entryOf(operation, 'delete', { source, changes: changesOfRemoval({ ...fieldsOf(source), ...held }) }))
      })
    },

    /**
     * The source that a token for SCIM is for: `id`, else the only one, else one that this makes.
     * @throws DomainError `invalid_input` for one that is not there or not SCIM's, `conflict` where there are several
     */
    async forToken(operation: Operation, within: { tx: DbOrTx; record: RecordEntries }, id?: string): Promise<string> {
      if (id !== undefined) {
        const source = await lockSource(within.tx, id)
        if (source?.kind !== 'scim')
          throw invalidInput('sourceId', fieldProblem('not_found', 'is not a people source of the kind scim'))
        return source.id
      }
      const [only, another] = await sourcesOfKind(within.tx, 'scim', 2)
      if (another)
        throw invalidInput(
          'sourceId',
          fieldProblem('required', 'is required: there are several sources of the kind scim'),
        )
      return (only ?? (await make(operation, within, { name: 'SCIM', kind: 'scim' }))).id
    },
  }
}

export type Sources = ReturnType<typeof createSources>
