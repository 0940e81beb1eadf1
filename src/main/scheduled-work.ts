/** What is compared and removed without anybody asking: once for the installation, whichever worker does it. */
import type { Client } from '@temporalio/client'
import { ensureSchedule, startOnce, type Work } from '../platform/engine/schedules.ts'

interface Engine {
  client: Client
  taskQueue: string
}

const comparison = (id: string, isThorough: boolean): Work => ({
  workflowType: 'reconcileRequests',
  id,
  summary: `Compares requests with their workflows${isThorough ? ', thoroughly' : ''}`,
  args: [{ isThorough }],
})

const removal: Work = {
  workflowType: 'removeOldRecords',
  id: 'remove-old-records',
  summary: 'Removes what is older than the settings keep it',
  args: [],
}

/** For a worker that begins: either store may have been set back while it was away. Times are in UTC. */
export async function ensureScheduledWork(engine: Engine): Promise<void> {
  const nightly = { calendars: [{ hour: 3, comment: 'Every night' }] }
  const hourly = { calendars: [{ hour: { start: 0, end: 23 }, minute: 20, comment: 'Every hour' }] }
  await ensureSchedule(engine, comparison('reconcile-nightly', true), nightly)
  await ensureSchedule(engine, removal, hourly)
  await startOnce(engine, comparison('reconcile-at-start', false))
}
