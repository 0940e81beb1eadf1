/** Tells open requests of a change, at a limited rate, so that people's own requests stay quick meanwhile. */
import { activityInfo, heartbeat, sleep } from '@temporalio/activity'
import type { ActivityDeps, DirectoryChange } from './index.ts'

/** How far one pass came; `left` counts requests whose workflow does not run yet. */
export interface FanOutPass {
  signalled: number
  left: number
}

/** The busier the server is, the longer its answers take: people go first, so most of the time is left to them. */
const shareOfTime = 0.25

/** Milliseconds since 1970; the turns that were missed are not made up for. */
function nextTurn({ turn, began, perSecond }: { turn: number; began: number; perSecond: number }): number {
  const now = Date.now()
  return Math.max(turn + 1000 / perSecond, now, began + (now - began) / shareOfTime)
}

export function createFanOutActivities({ fanOut }: Pick<ActivityDeps, 'fanOut'>) {
  return {
    /** One pass over every request concerned; goes on from the heartbeat after a crash. */
    async signalOpenRequests(change: DirectoryChange): Promise<FanOutPass> {
      const place = activityInfo().heartbeatDetails as (FanOutPass & { after: string }) | undefined
      const pass = { signalled: place?.signalled ?? 0, left: place?.left ?? 0 }
      let after = place?.after ?? null
      let turn = Date.now()
      for (let page = await fanOut.page(change, after); page.length > 0; page = await fanOut.page(change, after)) {
        for (const requestId of page) {
          const began = Date.now()
          const outcome = await fanOut.signal(requestId, change)
          if (outcome === 'not_started') pass.left++
          else pass.signalled++
          after = requestId
          heartbeat({ ...pass, after })
          turn = nextTurn({ turn, began, perSecond: fanOut.perSecond })
          await sleep(turn - Date.now())
        }
      }
      return pass
    },

    markFanOutDone: (eventId: string) => fanOut.done(eventId),
  }
}
