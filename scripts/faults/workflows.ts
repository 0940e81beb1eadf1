/** Asks Temporal how each workflow ended, and what it would say of its request. */
import { encryptionKeysOf, readSettings } from '../../src/platform/config/env.ts'
import { createTemporalClient } from '../../src/platform/engine/client.ts'

/** A workflow of a request, by what Temporal keeps of it. */
export interface WorkflowFacts {
  /** Of the execution, such as COMPLETED. */
  status: string
  /** What it returned: the status of the request. Null while it runs. */
  result: string | null
  /** The answer to its `state` query. */
  state: Record<string, unknown> | null
}

export async function createWorkflowReader(env: Record<string, string>) {
  const settings = readSettings(env)
  const client = await createTemporalClient(settings, encryptionKeysOf(settings))

  async function statusOf(workflowId: string): Promise<string> {
    try {
      return (await client.workflow.getHandle(workflowId).describe()).status.name
    } catch (error) {
      return `not readable: ${(error as Error).message}`
    }
  }

  return {
    statusOfGrant: (grantId: string) => statusOf(`access-grant/${grantId}`),

    async ofRequest(id: string): Promise<WorkflowFacts> {
      const handle = client.workflow.getHandle(`access-request/${id}`)
      const status = await statusOf(handle.workflowId)
      if (status !== 'COMPLETED') return { status, result: null, state: null }
      const state = await handle.query<Record<string, unknown>>('state').catch(() => null)
      return { status, result: String(await handle.result()), state }
    },

    close: () => client.connection.close(),
  }
}
