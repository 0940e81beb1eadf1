/** The door to the workflows that settle what connected systems know: one for each system. */
import type { Client } from '@temporalio/client'
import { settlingWorkflowId } from '../../domain/shared/workflow-ids.ts'
import { startOnce } from '../../platform/engine/schedules.ts'

export interface SettlingEngineDeps {
  client: Client
  taskQueue: string
}

export const createSettlingEngine = (engine: SettlingEngineDeps) => ({
  /** Has one system told what is to be told there, by one worker at a time. */
  settle: (connectorId: string): Promise<void> =>
    startOnce(engine, {
      workflowType: 'settleMemberships',
      id: settlingWorkflowId(connectorId),
      summary: `Tells a connected system who is in its groups: ${connectorId}`,
      args: [{ connectorId }],
    }),
})
