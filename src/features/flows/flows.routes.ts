/** Approval flows, for administrators. */

import type { ApproverRule } from '../../domain/flow/flow.ts'
import type { DirectoryFacts } from '../../domain/request/approvers.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import { refuseUnlessFreshPerson } from '../../platform/http/fresh-sign-in.ts'
import { presentPage, readPage } from '../../platform/http/page.ts'
import type { Caller, RouteDefinition } from '../../platform/http/route.ts'
import { created, noContent, ok, route } from '../../platform/http/route.ts'
import { idParams } from '../../platform/http/schemas.ts'
import { previewFlow } from './flow-preview.ts'
import type { Flows } from './flows.commands.ts'
import { refuseUnsoundFlow } from './flows.commands.ts'
import { presentFlow } from './flows.presenter.ts'
import type { FlowView } from './flows.repository.ts'
import { findFlow, listFlows } from './flows.repository.ts'
import {
  approvalFlow,
  confirmQuery,
  createFlowBody,
  flowsPage,
  flowsQuery,
  preview,
  previewBody,
  previewDraftBody,
  updateFlowBody,
} from './flows.schemas.ts'

export interface FlowsRoutesDeps {
  db: DbOrTx
  flows: Flows
  /** Of `features/directory`: what the directory says about a requester and approver rules. */
  readDirectoryFacts: (query: { requesterId: string; approvers: readonly ApproverRule[] }) => Promise<DirectoryFacts>
}

const tag = 'Approval flows'

export function flowsRoutes(deps: FlowsRoutesDeps): RouteDefinition[] {
  return [...readingRoutes(deps), ...writingRoutes(deps), ...previewRoutes(deps)]
}

async function load(db: DbOrTx, id: string): Promise<FlowView> {
  const flow = await findFlow(db, id)
  if (!flow) throw new DomainError('not_found', 'There is no such approval flow.')
  return flow
}

function readingRoutes({ db }: FlowsRoutesDeps): RouteDefinition[] {
  return [
    route({
      method: 'get',
      path: '/approval-flows',
      summary: 'Approval flows',
      tag,
      ability: 'flows.read',
      query: flowsQuery,
      responses: { 200: { description: 'A page of flows', schema: flowsPage } },
      handler: async ({ query }) => {
        const filter = { ...query, enabled: query.enabled && query.enabled === 'true' }
        const found = await readPage({ ...query, list: 'flows' }, (slice) => listFlows(db, { ...filter, ...slice }))
        return ok(presentPage(found, presentFlow))
      },
    }),
    route({
      method: 'get',
      path: '/approval-flows/{id}',
      summary: 'An approval flow',
      tag,
      ability: 'flows.read',
      params: idParams,
      responses: { 200: { description: 'The flow', schema: approvalFlow } },
      handler: async ({ params }) => ok(presentFlow(await load(db, params.id))),
    }),
  ]
}

function writingRoutes({ db, flows }: FlowsRoutesDeps): RouteDefinition[] {
  /** Else whoever may not decide without a fresh sign-in could first take the mark off. */
  async function mayChange({ params: { id }, caller }: { params: { id: string }; caller: Caller | null }) {
    const { freshSignIn } = await load(db, id)
    if (freshSignIn) refuseUnlessFreshPerson(caller)
  }

  return [
    route({
      method: 'post',
      path: '/approval-flows',
      summary: 'Create an approval flow',
      tag,
      ability: 'flows.write',
      body: createFlowBody,
      responses: { 201: { description: 'The flow', schema: approvalFlow } },
      handler: async (call) => {
        const made = await flows.create(call, call.body)
        return created(`/api/v1/approval-flows/${made.id}`, presentFlow(made))
      },
    }),
    route({
      method: 'put',
      path: '/approval-flows/{id}',
      summary: 'Change an approval flow; its open requests keep it as it was',
      tag,
      ability: 'flows.write',
      params: idParams,
      query: confirmQuery,
      body: updateFlowBody,
      responses: { 200: { description: 'The flow', schema: approvalFlow } },
      handler: async (call) => {
        await mayChange(call)
        const { params, query, body: input } = call
        return ok(presentFlow(await flows.update(call, params.id, { input, isConfirmed: query.confirm === 'true' })))
      },
    }),
    route({
      method: 'delete',
      path: '/approval-flows/{id}',
      summary: 'Delete an approval flow and cancel its open requests',
      tag,
      ability: 'flows.write',
      params: idParams,
      query: confirmQuery,
      responses: { 204: { description: 'Deleted' } },
      handler: async (call) => {
        await mayChange(call)
        await flows.delete(call, call.params.id, { isConfirmed: call.query.confirm === 'true' })
        return noContent
      },
    }),
  ]
}

function previewRoutes({ db, readDirectoryFacts }: FlowsRoutesDeps): RouteDefinition[] {
  return [
    route({
      method: 'post',
      path: '/approval-flows/{id}/preview',
      summary: 'Who would have to approve if this user asked?',
      tag,
      ability: 'flows.read',
      params: idParams,
      body: previewBody,
      responses: { 200: { description: 'The steps, and what is missing', schema: preview } },
      handler: async ({ params, body: { requesterId } }) => {
        const flow = await load(db, params.id)
        return ok(previewFlow(flow, await readDirectoryFacts({ requesterId, approvers: flow.approvers })))
      },
    }),
    route({
      method: 'post',
      path: '/approval-flows/preview',
      summary: 'The same for a flow that is not saved yet',
      tag,
      ability: 'flows.read',
      body: previewDraftBody,
      responses: { 200: { description: 'The steps, and what is missing', schema: preview } },
      handler: async ({ body: { requesterId, flow } }) => {
        await db.transaction((tx) => refuseUnsoundFlow(tx, flow))
        return ok(previewFlow(flow, await readDirectoryFacts({ requesterId, approvers: flow.approvers })))
      },
    }),
  ]
}
