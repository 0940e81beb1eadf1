/** Changes of approval flows. Each write, its audit entry and the word to its open requests are one transaction. */

import type { AuditChange, AuditEntry } from '../../domain/audit-entry.ts'
import { flowProblems } from '../../domain/flow/rules.ts'
import type { Operation } from '../../domain/operation.ts'
import { auditOf, changesBetween, changesOfRemoval } from '../../domain/operation.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import { type FieldError, fieldProblem } from '../../domain/shared/field-errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { AuditLog } from '../audit/audit.repository.ts'
import type { FlowView } from './flows.repository.ts'
import {
  existing,
  findFlow,
  insertFlow,
  lockFlow,
  markFlowDeleted,
  tellRequests,
  updateFlow,
} from './flows.repository.ts'
import type { FlowInput, FlowUpdate } from './flows.schemas.ts'

export interface FlowsDeps {
  db: DbOrTx
  auditLog: Pick<AuditLog, 'within'>
}

function fieldsOf(flow: FlowView) {
  const { name, description, color, logoUrl, enabled, groupId, visibleToGroupIds } = flow
  const { approvalType, approvalRequirement, approvers, durations, connectorId, freshSignIn } = flow
  return {
    ...{ name, description, color, logoUrl, enabled, groupId, visibleToGroupIds },
    ...{ approvalType, approvalRequirement, approvers, durations, connectorId, freshSignIn },
  }
}

function entryOf(
  operation: Operation,
  verb: 'create' | 'update' | 'delete',
  { flow: { id, name }, changes }: { flow: FlowView; changes: AuditChange[] },
): AuditEntry {
  const resource = { type: 'approval_flow', id, name }
  return auditOf(operation, { eventType: `access_management_approval_flow_${verb}`, resource, changes })
}

function found(flow: FlowView | undefined): FlowView {
  if (!flow) throw new DomainError('not_found', 'There is no such approval flow.')
  return flow
}

function refuse(errors: FieldError[]): void {
  const [first] = errors
  if (first) throw new DomainError('invalid_input', `${first.path}: ${first.message}`, { errors })
}

interface Reference {
  id: string | null | undefined
  path: string
  what: 'user' | 'user group' | 'connector'
  /** What it is in the flow, for people. */
  place: string
}

function referencesOf({ groupId, visibleToGroupIds, approvers, connectorId }: FlowInput): Reference[] {
  const what = 'user group'
  return [
    { id: groupId, path: 'groupId', what, place: 'What it gives' },
    ...visibleToGroupIds.map(
      (id, index): Reference => ({ id, path: `visibleToGroupIds.${index}`, what, place: '“Visible to”' }),
    ),
    ...approvers.flatMap(({ userId, groupId: id }, index): Reference[] => [
      { id: userId, path: `approvers.${index}.userId`, what: 'user', place: `Step ${index + 1}` },
      { id, path: `approvers.${index}.groupId`, what, place: `Step ${index + 1}` },
    ]),
    { id: connectorId, path: 'connectorId', what: 'connector', place: 'What it gives' },
  ]
}

/** @throws DomainError `invalid_input` naming every place of the flow that names what does not exist, or not any more */
async function refuseUnknownReferences(tx: DbOrTx, flow: FlowInput): Promise<void> {
  const references = referencesOf(flow)
  const idsOf = (what: Reference['what']) => references.flatMap((one) => (one.what === what && one.id) || [])
  const known = await existing(tx, {
    userIds: idsOf('user'),
    groupIds: idsOf('user group'),
    connectorId: flow.connectorId,
  })
  const gone = references.filter(({ id }) => id && !known.has(id))
  if (gone.length === 0) return
  const places = gone.map(({ place, what }) => `${place} names a ${what} that does not exist any more.`)
  const errors = gone.map(({ path, what }) => ({ path, ...fieldProblem('not_found', `is not a ${what}`) }))
  throw new DomainError('invalid_input', [...new Set(places), 'Choose another one there.'].join(' '), { errors })
}

/** @throws DomainError `invalid_input` naming every field that is wrong, by itself or because what it names does not exist */
export async function refuseUnsoundFlow(tx: DbOrTx, flow: FlowInput): Promise<void> {
  refuse(flowProblems(flow, new Date().toISOString()))
  await refuseUnknownReferences(tx, flow)
}

function refuseUnconfirmed({ openRequests, name }: FlowView, isConfirmed: boolean, consequence: string): void {
  if (openRequests === 0 || isConfirmed) return
  const requests = openRequests === 1 ? '1 open request' : `${openRequests} open requests`
  throw new DomainError(
    'confirmation_required',
    `${name} has ${requests}: ${consequence}. Repeat with ?confirm=true to go on.`,
    { current: 'open_requests', openRequests },
  )
}

function refuseStale({ version: currentVersion }: FlowView, version: number | undefined): void {
  if (version === undefined || version === currentVersion) return
  throw new DomainError('conflict', 'Somebody else changed this flow. Load it again.', {
    current: String(currentVersion),
    currentVersion,
  })
}

/** Approver rules hold only what is set, so that rows compare. */
function valuesOf({ approvers, ...flow }: FlowInput) {
  return { ...flow, approvers: approvers.map((rule) => JSON.parse(JSON.stringify(rule)) as typeof rule) }
}

export function createFlows({ db, auditLog }: FlowsDeps) {
  return {
    /** @throws DomainError `invalid_input` */
    async create(operation: Operation, input: FlowInput): Promise<FlowView> {
      return auditLog.within(db, async (tx, record) => {
        await refuseUnsoundFlow(tx, input)
        const isNew = await insertFlow(tx, { ...valuesOf(input), id: operation.operationId })
        const made = found(await findFlow(tx, operation.operationId))
        const changes = changesBetween(null, fieldsOf(made))
        if (isNew) record(entryOf(operation, 'create', { flow: made, changes }))
        return made
      })
    },

    /**
     * Open requests keep the flow as it was; disabling it cancels them.
     * @throws DomainError `not_found`, `conflict` (another version), `confirmation_required`, `invalid_input`
     */
    async update(
      operation: Operation,
      id: string,
      { input, isConfirmed }: { input: FlowUpdate; isConfirmed: boolean },
    ): Promise<FlowView> {
      const { version, id: _, groupName: __, openRequests: ___, createdAt: ____, updatedAt: _____, ...flow } = input
      return auditLog.within(db, async (tx, record) => {
        const before = found(await lockFlow(tx, id))
        refuseStale(before, version)
        const disables = before.enabled && !flow.enabled
        const values = valuesOf(flow)
        const changes = changesBetween(fieldsOf(before), values)
        // Whatever a flow names and is gone by now: it can be switched off.
        if (!disables || changes.length > 1) await refuseUnsoundFlow(tx, flow)
        refuseUnconfirmed(
          before,
          isConfirmed,
          disables ? 'disabling it cancels them' : 'they go on under the flow as it was',
        )
        if (changes.length === 0) return before
        await updateFlow(tx, id, values)
        if (disables) await tellRequests(tx, 'flow_disabled', id)
        const after = found(await findFlow(tx, id))
        record(entryOf(operation, 'update', { flow: after, changes }))
        return after
      })
    },

    /**
     * Cancels the open requests; access already given stays.
     * @throws DomainError `not_found`, `confirmation_required`
     */
    async delete(operation: Operation, id: string, { isConfirmed }: { isConfirmed: boolean }): Promise<void> {
      await auditLog.within(db, async (tx, record) => {
        const before = found(await lockFlow(tx, id))
        refuseUnconfirmed(before, isConfirmed, 'deleting it cancels them')
        await markFlowDeleted(tx, id)
        await tellRequests(tx, 'flow_deleted', id)
        const changes = changesOfRemoval(fieldsOf(before))
        record(entryOf(operation, 'delete', { flow: before, changes }))
      })
    },
  }
}

export type Flows = ReturnType<typeof createFlows>
