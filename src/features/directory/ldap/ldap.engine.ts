/** The door to the workflows that read sources: a schedule for each source, and a run when somebody wants it. */
import type { Client, ScheduleOptions } from '@temporalio/client'
import { ScheduleNotFoundError, ScheduleOverlapPolicy } from '@temporalio/client'
import type { SourceRun, SourceRunRequest } from '../../../../activities/index.ts'
import type { syncSource } from '../../../../workflows/sync-source.workflow.ts'
import { DomainError } from '../../../domain/shared/errors.ts'
import { publicText } from '../../../domain/shared/public-text.ts'
import { sourceWorkflowId } from '../../../domain/shared/workflow-ids.ts'
import { ensureSchedule } from '../../../platform/engine/schedules.ts'

export interface LdapEngineDeps {
  client: Client
  taskQueue: string
}

interface Scheduled {
  id: string
  everyMinutes: number
}

/** Milliseconds that whoever saves settings waits for Temporal; the worker mends later what was not done. */
const patienceMs = 3000

const workOf = (id: string) => ({
  workflowType: 'syncSource',
  id: sourceWorkflowId(id),
  summary: 'Reads a source of people',
  args: [{ sourceId: id, mode: 'changes', isDryRun: false, isConfirmed: false } satisfies SourceRunRequest],
})

const specOf = ({ everyMinutes }: Scheduled): ScheduleOptions['spec'] => ({
  intervals: [{ every: `${everyMinutes} minutes` }],
})

export function createLdapEngine(engine: LdapEngineDeps) {
  const { client, taskQueue } = engine

  /** Runs when it should; a schedule that somebody has paused stays so. */
  async function schedule(source: Scheduled): Promise<void> {
    await ensureSchedule(engine, workOf(source.id), specOf(source))
    const handle = client.schedule.getHandle(sourceWorkflowId(source.id))
    const { spec } = await handle.describe()
    const [interval] = spec.intervals ?? []
    if (interval?.every === source.everyMinutes * 60_000) return
    await handle.update(({ action, policies, state }) => ({
      action,
      policies: { ...policies, overlap: ScheduleOverlapPolicy.SKIP },
      state,
      spec: specOf(source),
    }))
  }

  async function unschedule(id: string): Promise<void> {
    try {
      await client.schedule.getHandle(sourceWorkflowId(id)).delete()
    } catch (error) {
      if (!(error instanceof ScheduleNotFoundError)) throw error
    }
  }

  return {
    schedule: (source: Scheduled): Promise<void> =>
      client.withDeadline(Date.now() + patienceMs, () => schedule(source)),

    /** Every source has its schedule, and no schedule is without its source. */
    async align(sources: readonly Scheduled[]): Promise<void> {
      for (const source of sources) await schedule(source)
      const known = new Set(sources.map(({ id }) => sourceWorkflowId(id)))
      const prefix = sourceWorkflowId('')
      for await (const { scheduleId } of client.schedule.list())
        if (scheduleId.startsWith(prefix) && !known.has(scheduleId)) await unschedule(scheduleId.slice(prefix.length))
    },

    /** @throws DomainError `engine_unavailable` */
    async start(run: SourceRun): Promise<void> {
      try {
        await client.withDeadline(Date.now() + patienceMs, () =>
          client.workflow.start<typeof syncSource>('syncSource', {
            workflowId: `${sourceWorkflowId(run.sourceId)}/${run.runId}`,
            taskQueue,
            staticSummary: publicText('Reads a source of people'),
            args: [run],
          }),
        )
      } catch (error) {
        const message = 'Temporal does not answer, so nothing was begun. Try again in a moment.'
        throw new DomainError('engine_unavailable', message, { retryAfter: 5 }, { cause: error })
      }
    },
  }
}

export type LdapEngine = ReturnType<typeof createLdapEngine>
