/** Tells open requests of a change, at a limited rate, so that people's own requests stay quick meanwhile. */
import { activityInfo, heartbeat, sleep } from '@temporalio/activity'
import type { ActivityDeps, FanOutSubject } from './index.ts'

/** How far one pass came; `left` counts requests whose workflow does not run yet. */
export interface FanOutPass {
  signalled: number
  left: number
}

export function createFanOutActivities({ fanOut }: Pick<ActivityDeps, 'fanOut'>) {
  return {
    /** One pass over every request concerned; goes on from the heartbeat after a crash. */
    async signalOpenRequests(subject: FanOutSubject): Promise<FanOutPass> {
      const place = activityInfo().heartbeatDetails as (FanOutPass & { after: string }) | undefined
      const pass = { signalled: place?.signalled ?? 0, left: place?.left ?? 0 }
      let after = place?.after ?? null
      for (let page = await fanOut.page(subject, after); page.length > 0; page = await fanOut.page(subject, after)) {
        for (const requestId of page) {
          const outcome = await fanOut.signal(requestId, subject)
          if (outcome === 'not_started') pass.left++
          else pass.signalled++
          after = requestId
          heartbeat({ ...pass, after })
          await sleep(1000 / fanOut.perSecond)
        }
      }
      return pass
    },

    markFanOutDone: (eventId: string) => fanOut.done(eventId),
  }
}
