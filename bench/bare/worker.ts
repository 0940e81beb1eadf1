/** The bare worker: one local activity, one transaction. Its options are those of src/main/worker.ts, without the codec. */
import { fileURLToPath } from 'node:url'
import { NativeConnection, Runtime, Worker } from '@temporalio/worker'
import postgres from 'postgres'
import { bareTaskQueue, variable } from './shared.ts'

export type Activities = ReturnType<typeof createActivities>

const sql = postgres(variable('DATABASE_URL'), { max: 10, onnotice: () => undefined })

function createActivities() {
  return {
    async carryOut(id: string, by: string): Promise<string> {
      await sql.begin(async (tx) => {
        const [row] = await tx`
          update requests set status = 'approved', decided_by = ${by}, version = version + 1
          where id = ${id} and status = 'pending' returning requester_id, flow_id`
        if (row)
          await tx`insert into memberships (user_id, flow_id, request_id) values (${row['requester_id']}, ${row['flow_id']}, ${id})`
      })
      return 'approved'
    },
  }
}

Runtime.install({ shutdownSignals: [] })
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address: variable('TEMPORAL_ADDRESS') }),
  taskQueue: bareTaskQueue,
  workflowBundle: { codePath: fileURLToPath(new URL('workflow-bundle.js', import.meta.url)) },
  activities: createActivities(),
  maxCachedWorkflows: 500,
  shutdownGraceTime: '10s',
})
const running = worker.run()
process.send?.({ type: 'ready' })
await running
