/**
 * A worker process that kills itself between a commit and the end of its workflow task, as by `kill -9`: once it is
 * armed, the first commit of that message about that person is its last. Only tests run it (`worker-relay.ts`).
 */
import { writeSync } from 'node:fs'
import { Client, Connection } from '@temporalio/client'
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import { pino } from 'pino'
import type { Committed } from '../../activities/index.ts'
import type { GrantProposal } from '../../src/domain/grant/move.ts'
import type { Proposal } from '../../src/domain/request/arbiter.ts'
import { accessGrantWorkflowId, accessRequestWorkflowId } from '../../src/domain/shared/workflow-ids.ts'
import { createWorkerParts } from '../../src/main/worker-parts.ts'
import { openDatabase } from '../../src/platform/db/client.ts'
import { clientOptionsFor, workerDataConverterFor } from '../../src/platform/engine/client.ts'
import { createSecretBox } from '../../src/platform/secrets/secret-box.ts'
import { testKeys } from '../replay/test-key.ts'
import type { Armed, Death } from './worker-relay.ts'

const setting = (name: string) => process.env[name] ?? ''

let armed: Armed | undefined
/** How many commits this process has made for each workflow. */
const commits = new Map<string, number>()

interface Made extends Armed {
  workflowId: string
  committed: Committed<{ version: number }>
}

function dieIfArmed({ kind, userId, workflowId, committed }: Made): void {
  const count = (commits.get(workflowId) ?? 0) + 1
  commits.set(workflowId, count)
  if (armed?.kind !== kind || armed.userId !== userId) return
  const death: Death = { kind, workflowId, commits: count, version: committed.stored?.version ?? null }
  writeSync(1, `killed ${JSON.stringify(death)}\n`)
  process.kill(process.pid, 'SIGKILL')
}

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
})
const address = setting('TEMPORAL')
const taskQueue = setting('TASK_QUEUE')
const { activities, chores } = createWorkerParts({
  database: openDatabase(setting('DATABASE')),
  client: new Client({ connection: Connection.lazy({ address }), ...clientOptionsFor(testKeys) }),
  taskQueue,
  secretBox: createSecretBox([{ id: 'test', key: Buffer.from(setting('ENCRYPTION_KEY'), 'hex') }]),
  allowPrivateTargets: true,
  signalsInClear: false,
  log: pino({ level: 'silent' }),
  fanOutPerSecond: 200,
})
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address }),
  taskQueue,
  workflowBundle: { codePath: setting('WORKFLOW_BUNDLE') },
  activities: {
    ...activities,
    async commitRequest(proposal: Proposal) {
      const committed = await activities.commitRequest(proposal)
      const { id, requester } = proposal.request
      const workflowId = accessRequestWorkflowId(id)
      dieIfArmed({ kind: `request ${proposal.message.type}`, userId: requester.id, workflowId, committed })
      return committed
    },
    async commitGrant(proposal: GrantProposal) {
      const committed = await activities.commitGrant(proposal)
      const { id, user } = proposal.grant
      const workflowId = accessGrantWorkflowId(id)
      dieIfArmed({ kind: `grant ${proposal.message.type}`, userId: user.id, workflowId, committed })
      return committed
    },
  },
  dataConverter: workerDataConverterFor(testKeys),
  // What this worker has kept in memory is asked of another one soon after its death.
  stickyQueueScheduleToStartTimeout: '1s',
})
process.on('message', (message) => {
  armed = message as Armed
  process.send?.('armed')
})
// The test that started it is gone.
process.on('disconnect', () => process.exit())
chores.start()
process.send?.('ready')
await worker.run()
