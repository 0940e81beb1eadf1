/** A connected system that keeps who is in its groups: it can be slow, refuse, and cut connections. */
import { startWebhookTarget } from '../connectors/webhook-target.ts'

interface Told {
  type: 'membership.added' | 'membership.removed'
  data: {
    user: { id: string; name: string; email: string }
    group: { id: string; name: string }
    addedAs?: { email: string }
  }
}

/** What becomes of a call: an HTTP status, no answer at all (it may have been done all the same), or one that comes late. */
export type Mishap = number | 'cut' | 'done and cut' | { until: Promise<unknown>; isDone: 'at once' | 'late' }

export async function startLedgerTarget() {
  const members = new Map<string, Set<string>>()
  const mishaps: Mishap[] = []
  const told = () => target.calls.map(({ body }) => JSON.parse(body) as Told)

  function keep({ type, data: { user, group } }: Told): void {
    const those = members.get(group.id) ?? new Set()
    members.set(group.id, those)
    if (type === 'membership.added') those.add(user.id)
    else those.delete(user.id)
  }

  const target = await startWebhookTarget((request, response) => {
    const one = JSON.parse(target.calls.at(-1)?.body ?? '') as Told
    const mishap = mishaps.shift()
    if (typeof mishap === 'object') {
      if (mishap.isDone === 'at once') keep(one)
      void mishap.until.then(() => {
        if (mishap.isDone === 'late') keep(one)
        response.writeHead(204).end()
      })
      return
    }
    if (mishap === undefined || mishap === 'done and cut') keep(one)
    if (typeof mishap === 'string') request.socket.destroy()
    else response.writeHead(mishap ?? 204).end()
  })

  return {
    url: target.url,
    told,
    /** `added` and `removed`, in order. */
    verbs: () => told().map(({ type }) => type.replace('membership.', '')),
    membersOf: (groupId: string) => [...(members.get(groupId) ?? [])].sort(),
    /** What becomes of the next calls; those after them are done. */
    fail: (...next: Mishap[]) => mishaps.push(...next),
    /** The next call is done, and answered when this is called. */
    hold(): () => void {
      let release = () => undefined as void
      const until = new Promise<void>((resolve) => {
        release = resolve
      })
      mishaps.push({ until, isDone: 'at once' })
      return () => release()
    },
    heal: () => void mishaps.splice(0),
    close: target.close,
  }
}

export type LedgerTarget = Awaited<ReturnType<typeof startLedgerTarget>>
