/** Requests and grants compared with their workflows, one after the other; the same for the worker and `npm run reconcile`. */

import type { Client } from '@temporalio/client'
import type { Reconciled } from '../../activities/index.ts'
import type { Repair } from '../domain/shared/repair.ts'
import { accessRequestWorkflowId, grantIdOf, requestIdOf } from '../domain/shared/workflow-ids.ts'
import type { GrantReconciler } from '../features/grants/grants.reconciler.ts'
import type { RequestReconciler } from '../features/requests/requests.reconciler.ts'
import { endedSince, type Suspects } from '../platform/engine/executions.ts'

export interface Reconcilers {
  client: Client
  requests: RequestReconciler
  grants: GrantReconciler
}

export interface ReconcileOptions {
  /** Compares every version, with a query for each workflow; else only those that visibility shows to differ. */
  isThorough?: boolean
  /** Only says what differs. */
  isCheck?: boolean
}

/** Visibility is a moment late: what was ended shortly before the last look is looked at again. */
const overlapMs = 60_000

interface Kind {
  name: string
  repair: (id: string, options: ReconcileOptions) => Promise<Repair | null>
  suspects: (options: ReconcileOptions) => AsyncGenerator<Suspects>
}

/** Called for each page, and with a line for each difference. */
export type Progress = (line?: string) => void

async function compareAll({ name, repair, suspects }: Kind, options: ReconcileOptions, progress: Progress) {
  const all = new Set<string>()
  const repairs = new Map<string, Repair | null>()
  for await (const page of suspects(options)) {
    progress()
    for (const id of page.all) all.add(id)
    for (const id of page.suspicious) {
      if (repairs.has(id)) continue
      const what = await repair(id, options)
      repairs.set(id, what)
      if (what !== null) progress(`${name} ${id}: ${what.replace('_', ' ')}`)
    }
  }
  return { lookedAt: all.size, differing: [...repairs.values()].filter((what) => what !== null).length }
}

export function createReconciliation({ client, requests, grants }: Reconcilers) {
  let lastLook = Date.now() - overlapMs

  return {
    /** Compares everything and mends what differs, requests first: a grant comes back with its request. */
    async run(options: ReconcileOptions, progress: Progress = () => undefined): Promise<Reconciled> {
      const ofRequests = await compareAll({ name: 'request', ...requests }, options, progress)
      const ofGrants = await compareAll({ name: 'grant', ...grants }, options, progress)
      return {
        lookedAt: ofRequests.lookedAt + ofGrants.lookedAt,
        differing: ofRequests.differing + ofGrants.differing,
      }
    },

    /** Mends what lost its workflow to an operator since the last look. */
    async lookForEnded(): Promise<void> {
      const began = Date.now()
      const since = new Date(lastLook - overlapMs).toISOString()
      for (const workflowId of await endedSince(client, ['accessRequest', 'accessGrant'], since)) {
        const isRequest = workflowId.startsWith(accessRequestWorkflowId(''))
        // One that was reset runs again, from an earlier moment: hence the thorough comparison.
        if (isRequest) await requests.repair(requestIdOf(workflowId), { isThorough: true })
        else await grants.repair(grantIdOf(workflowId), { isThorough: true })
      }
      lastLook = began
    },
  }
}
