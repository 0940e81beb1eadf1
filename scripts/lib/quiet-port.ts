/** Ports for services that are started for a while, such as those of the tests. */
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** Below where any system takes its own ports from, and above the well-known ones. */
const [lowest, highest] = [12_000, 32_000]
const triesAtMost = 100

/** A free loopback port that nobody is given by chance before it is used, unlike one asked for as port 0. */
export async function quietPort(): Promise<number> {
  for (let tries = 0; tries < triesAtMost; tries++) {
    const port = randomInt(lowest, highest)
    if (await isFree(port)) return port
  }
  throw new Error(`no free port between ${lowest} and ${highest}`)
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  const isListening = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => resolve(true))
  })
  if (isListening) await new Promise((resolve) => void server.close(resolve))
  return isListening
}
