/** The life of a request with nothing around it: waits for one decision, carries it out, ends. */
import { condition, defineUpdate, proxyLocalActivities, setHandler } from '@temporalio/workflow'
import type { Activities } from './worker.ts'

const { carryOut } = proxyLocalActivities<Activities>({ startToCloseTimeout: '5s' })

export const decide = defineUpdate<string, [string]>('decide')

export async function bareRequest(id: string): Promise<string> {
  let status: string | undefined
  setHandler(decide, async (by) => {
    status = await carryOut(id, by)
    return status
  })
  await condition(() => status !== undefined)
  return status as string
}
