/** The nightly comparison of rows with workflows, and the one at the start of a worker. */
import type { Client } from '@temporalio/client'
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client'
import { WorkflowIdConflictPolicy } from '@temporalio/common'
import { publicText } from '../../domain/shared/public-text.ts'

const scheduleId = 'reconcile-nightly'
const workflowType = 'reconcileRequests'

interface Engine {
  client: Client
  taskQueue: string
}

/** Every night at three (UTC), thoroughly. A schedule that is there stays as it is: operators may have changed it. */
export async function ensureReconcileSchedule({ client, taskQueue }: Engine): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId,
      spec: { calendars: [{ hour: 3, comment: 'Every night' }] },
      policies: { overlap: ScheduleOverlapPolicy.SKIP },
      action: {
        type: 'startWorkflow',
        workflowType,
        workflowId: scheduleId,
        taskQueue,
        staticSummary: publicText('Compares requests with their workflows, thoroughly'),
        args: [{ isThorough: true }],
      },
    })
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error
  }
}

/** One at a time, however many workers begin at once. */
export async function startReconcile({ client, taskQueue }: Engine): Promise<void> {
  await client.workflow.start(workflowType, {
    workflowId: 'reconcile-at-start',
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    taskQueue,
    staticSummary: publicText('Compares requests with their workflows'),
    args: [{ isThorough: false }],
  })
}
