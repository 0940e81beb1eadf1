/** Sets directory servers up, and reads them when somebody wants it. */
import { auditOf, changesBetween, type Operation } from '../../../domain/operation.ts'
import { DomainError, invalidInput } from '../../../domain/shared/errors.ts'
import { fieldProblem } from '../../../domain/shared/field-errors.ts'
import type { DbOrTx } from '../../../platform/db/columns.ts'
import { refusePrivateLiteral } from '../../../platform/net/public-address.ts'
import type { SecretBox } from '../../../platform/secrets/secret-box.ts'
import type { AuditLog } from '../../audit/audit.repository.ts'
import { findSource, lockSource, type SourceRow, updateSource } from '../sources/sources.repository.ts'
import type { LdapEngine } from './ldap.engine.ts'
import { beginRun, endRun, findRun, isReadOtherwise, type SourceRunRow, sourcesToRead } from './ldap.repository.ts'
import type { LdapBody, RunRequest } from './ldap.schemas.ts'
import { type LdapSettings, ldapSettings } from './ldap.settings.ts'
import { beingRead } from './ldap-sync.commands.ts'

export interface LdapCommandsDeps {
  db: DbOrTx
  auditLog: Pick<AuditLog, 'within'>
  secretBox: SecretBox
  allowPrivate: boolean
  engine: LdapEngine
}

/** @throws DomainError `not_found` for a source that is not there, or is not read */
function ofLdap(source: SourceRow | undefined): SourceRow {
  if (source?.kind !== 'ldap') throw new DomainError('not_found', 'There is no such people source of the kind ldap.')
  return source
}

/** Null until it is set up. */
export function settingsOf({ config }: SourceRow): LdapSettings | null {
  return ldapSettings.safeParse((config as { settings?: unknown }).settings).data ?? null
}

function refuseInside(url: string, allowPrivate: boolean): void {
  if (allowPrivate) return
  try {
    refusePrivateLiteral(new URL(url))
  } catch {
    const message = 'must not be a private or local address, unless CONNECTOR_ALLOW_PRIVATE is set'
    throw invalidInput('settings.url', fieldProblem('private_address', message))
  }
}

export function createLdap({ db, auditLog, secretBox, allowPrivate, engine }: LdapCommandsDeps) {
  return {
    find: async (id: string): Promise<SourceRow> => ofLdap(await findSource(db, id)),

    /**
     * Whoever sets it up is who its runs are done for. The password is needed the first time, and with another address or
     * bind DN: nobody sends a password that they do not know to a server of their own.
     * @throws DomainError `not_found`, `invalid_input`
     */
    async setUp(operation: Operation, id: string, { settings, bindPassword }: LdapBody): Promise<SourceRow> {
      refuseInside(settings.url, allowPrivate)
      const source = await auditLog.within(db, async (tx, record) => {
        const before = ofLdap(await lockSource(tx, id))
        const was = settingsOf(before)
        const isElsewhere = was?.url !== settings.url || was.bindDn !== settings.bindDn
        if (bindPassword === undefined && (before.secret === null || isElsewhere))
          throw invalidInput('bindPassword', fieldProblem('required', 'is required with another address or bind DN'))
        const config = { settings, setUpBy: operation.actor.id }
        await updateSource(tx, id, { config, ...(bindPassword ? { secret: secretBox.seal(bindPassword) } : {}) })
        const secret = bindPassword === undefined ? [] : [{ field: 'bindPassword', from: null, to: null }]
        const changes = [...changesBetween(was && { ...was }, settings), ...secret]
        const resource = { type: 'people_source', id, name: before.name }
        if (changes.length > 0) record(auditOf(operation, { eventType: 'people_source_update', resource, changes }))
        return ofLdap(await findSource(tx, id))
      })
      // The worker does it within a minute where Temporal is away.
      await engine.schedule({ id, everyMinutes: settings.everyMinutes }).catch(() => undefined)
      return source
    },

    /** @throws DomainError `not_found`, `conflict` (not set up, or being read), `engine_unavailable` */
    async run({ operationId: runId }: Operation, sourceId: string, wanted: RunRequest): Promise<SourceRunRow> {
      const source = ofLdap(await findSource(db, sourceId))
      if (!settingsOf(source) || !source.secret)
        throw new DomainError('conflict', 'The source is not set up yet.', { current: 'not_set_up' })
      if (await isReadOtherwise(db, { id: runId, sourceId })) throw beingRead()
      const mode = wanted.full || wanted.confirmLeaving ? 'full' : 'changes'
      await beginRun(db, { id: runId, sourceId, mode, isDryRun: wanted.dryRun })
      try {
        await engine.start({ runId, sourceId, mode, isDryRun: wanted.dryRun, isConfirmed: wanted.confirmLeaving })
      } catch (error) {
        await endRun(db, runId, { outcome: 'failed', error: 'Temporal did not answer, so nothing was begun.' })
        throw error
      }
      const run = await findRun(db, sourceId, runId)
      if (!run) throw new Error('the run just begun is gone')
      return run
    },

    /** For a worker, now and then: schedules that Temporal was away for. */
    align: async (): Promise<void> => engine.align(await sourcesToRead(db)),
  }
}

export type Ldap = ReturnType<typeof createLdap>
