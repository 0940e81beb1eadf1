/** Waits after the storm until everything that goes on by itself has come to its end. */
import { setTimeout as pause } from 'node:timers/promises'
import { createDatabaseReader } from './database.ts'
import type { Service } from './service.ts'

/** Grants of the plan that end within the run end within this time, in milliseconds. */
const longestGrantMs = 60_000
const askEveryMs = 500

export interface Rest {
  seconds: number
  /** What had not come to its end when the time was over. */
  left: string[]
}

/** Asks until nothing is left to do or `withinMs` is over; never throws for a database that is not back yet. */
export async function comeToRest(service: Service, withinMs: number): Promise<Rest> {
  const began = Date.now()
  const database = createDatabaseReader(service.toolEnvironment())
  let left: string[]
  do {
    left = (await isReady(service.base))
      ? await database.unrest(longestGrantMs).catch((error: Error) => [`the database: ${error.message}`])
      : ['the service is not ready']
    if (left.length > 0) await pause(askEveryMs)
  } while (left.length > 0 && Date.now() - began < withinMs)
  await database.close()
  return { seconds: Math.round((Date.now() - began) / 1000), left }
}

async function isReady(base: string): Promise<boolean> {
  const answer = await fetch(`${base}/readyz`, { signal: AbortSignal.timeout(5000) }).catch(() => null)
  await answer?.body?.cancel()
  return answer?.ok ?? false
}
