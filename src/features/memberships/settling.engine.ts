/** The door to the workflows that settle what connected systems know: one for each system. */
import type { Client } from '@temporalio/client'
import { lookForUnsettledSignal } from '../../../workflows/settle-memberships.messages.ts'
import type { settleMemberships } from '../../../workflows/settle-memberships.workflow.ts'
import { publicText } from '../../domain/shared/public-text.ts'
import { settlingWorkflowId } from '../../domain/shared/workflow-ids.ts'

export interface SettlingEngineDeps {
  client: Client
  taskQueue: string
}

export const createSettlingEngine = ({ client, taskQueue }: SettlingEngineDeps) => ({
  /** Has one system told what is to be told there, by one worker at a time. */
  async settle(connectorId: string): Promise<void> {
    await client.workflow.signalWithStart<typeof settleMemberships, []>('settleMemberships', {
      workflowId: settlingWorkflowId(connectorId),
      taskQueue,
      staticSummary: publicText(`Tells a connected system who is in its groups: ${connectorId}`),
      args: [{ connectorId }],
      signal: lookForUnsettledSignal,
      signalArgs: [],
    })
  },
})
