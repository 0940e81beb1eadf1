/** The bare API: a row and a workflow for each submit, an update for each decision. Nobody signs in. */
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { Client, Connection } from '@temporalio/client'
import express from 'express'
import postgres from 'postgres'
import { bareTaskQueue, variable } from './shared.ts'
import type { bareRequest } from './workflow.ts'

const sql = postgres(variable('DATABASE_URL'), { max: 10, onnotice: () => undefined })
const client = new Client({ connection: await Connection.connect({ address: variable('TEMPORAL_ADDRESS') }) })
const app = express()
app.use(express.json())

app.post('/requests', async (req, res) => {
  const { requesterId, flowId } = req.body as { requesterId: string; flowId: string }
  const id = randomUUID()
  await sql`insert into requests (id, requester_id, flow_id) values (${id}, ${requesterId}, ${flowId})`
  await client.workflow.start<typeof bareRequest>('bareRequest', {
    workflowId: `bare-request/${id}`,
    taskQueue: bareTaskQueue,
    args: [id],
  })
  res.status(201).json({ id, status: 'pending' })
})

app.post('/requests/:id/grant', async (req, res) => {
  const { id } = req.params
  const { by } = req.body as { by: string }
  const handle = client.workflow.getHandle(`bare-request/${id}`)
  res.json({ id, status: await handle.executeUpdate<string, [string]>('decide', { args: [by] }) })
})

const server = app.listen(0, '127.0.0.1', () =>
  process.send?.({ type: 'ready', port: (server.address() as AddressInfo).port }),
)
