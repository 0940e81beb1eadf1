/** What is done once for the whole installation, however many workers run: by Temporal's schedules, and at a worker's start. */
import type { Client, ScheduleSpec } from '@temporalio/client'
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client'
import { WorkflowIdConflictPolicy } from '@temporalio/common'
import { publicText } from '../../domain/shared/public-text.ts'

interface Engine {
  client: Client
  taskQueue: string
}

export interface Work {
  workflowType: string
  /** Of the workflow, and of its schedule. */
  id: string
  /** What the Temporal UI shows. */
  summary: string
  args: unknown[]
}

/** A schedule that is there stays as it is: operators may have changed it. Work that still goes on is not begun again. */
export async function ensureSchedule({ client, taskQueue }: Engine, work: Work, spec: ScheduleSpec): Promise<void> {
  const { workflowType, id, summary, args } = work
  try {
    await client.schedule.create({
      scheduleId: id,
      spec,
      policies: { overlap: ScheduleOverlapPolicy.SKIP },
      action: {
        type: 'startWorkflow',
        workflowType,
        workflowId: id,
        taskQueue,
        staticSummary: publicText(summary),
        args,
      },
    })
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error
  }
}

/** One at a time, however many workers begin at once. */
export async function startOnce({ client, taskQueue }: Engine, work: Work): Promise<void> {
  const { workflowType, id, summary, args } = work
  await client.workflow.start(workflowType, {
    workflowId: id,
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    taskQueue,
    staticSummary: publicText(summary),
    args,
  })
}
