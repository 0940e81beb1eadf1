/**
 * The connected system, a process of its own: takes signed webhooks and writes each one down before it answers.
 * Sometimes the answer is lost on the way, and sometimes it is too busy to take anything.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Webhook } from 'standardwebhooks'
import type { Delivery } from './deliveries.ts'
import { createRandom } from './random.ts'

const lostAnswers = 0.05
const busyAnswers = 0.03

const { TARGET_PORT: port, TARGET_LEDGER: ledger = '', TARGET_SECRET: secret = '' } = process.env
const webhook = new Webhook(secret)
const random = createRandom(Number(process.env['TARGET_SEED']))

function writeDown(delivery: Delivery): void {
  appendFileSync(ledger, `${JSON.stringify(delivery)}\n`)
}

function read({ headers }: IncomingMessage, text: string): Delivery {
  const id = String(headers['webhook-id'])
  const { type, data } = webhook.verify(text, headers as Record<string, string>) as {
    type: string
    data: { user: { id: string }; group: { id: string }; accessRequestId: string | null }
  }
  return { id, type, userId: data.user.id, groupId: data.group.id, accessRequestId: data.accessRequestId }
}

function answer(request: IncomingMessage, response: ServerResponse, text: string): void {
  if (random.chance(busyAnswers)) return void response.writeHead(503).end()
  try {
    writeDown(read(request, text))
  } catch (error) {
    // An unsigned call of our own service would be a fault of the product.
    writeDown({ id: '', type: `refused: ${(error as Error).message}`, userId: '', groupId: '', accessRequestId: null })
    return void response.writeHead(401).end()
  }
  if (random.chance(lostAnswers)) request.socket.destroy()
  else response.writeHead(204).end()
}

// A kill in the middle of a line leaves its beginning: what follows stands on a line of its own.
if (existsSync(ledger) && !/(^|\n)$/.test(readFileSync(ledger, 'utf8'))) appendFileSync(ledger, '\n')

const server = createServer((request, response) => {
  let text = ''
  request.setEncoding('utf8')
  request.on('data', (chunk: string) => {
    text += chunk
  })
  request.on('end', () => answer(request, response, text))
})
server.listen(Number(port), '127.0.0.1', () => process.send?.('ready'))
process.once('disconnect', () => process.exit(0))
