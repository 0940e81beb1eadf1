/** Who watches the queue with which filters, and how many may. */
import type { Response } from 'express'
import { DomainError } from '../../domain/shared/errors.ts'
import type { RequestFilter } from './requests.schemas.ts'

export interface LiveView {
  userId: string
  /** The filter as text. */
  key: string
  filter: RequestFilter
  /** The last counters that it was sent, as text. */
  told?: string
  /** Ends its answer. */
  end: () => void
}

/** Each different filter is a count of its own at every change. */
const filtersAtMost = 64
const viewsOfOneUserAtMost = 8

function tooMany(detail: string): DomainError {
  return new DomainError('too_many_requests', detail, { retryAfter: 10 })
}

export function createLiveViews() {
  const views = new Set<LiveView>()

  return {
    /** Counts the view until its answer is closed. @throws DomainError `too_many_requests` */
    open(view: LiveView, res: Response): void {
      const open = [...views]
      if (open.filter(({ userId }) => userId === view.userId).length >= viewsOfOneUserAtMost)
        throw tooMany(`You have ${viewsOfOneUserAtMost} live views of the queue open. Close one of them first.`)
      const keys = new Set(open.map(({ key }) => key))
      if (!keys.has(view.key) && keys.size >= filtersAtMost)
        throw tooMany(
          `${filtersAtMost} different filters are being watched already. Use one of them, or try again later.`,
        )
      views.add(view)
      res.once('close', () => views.delete(view))
    },
  }
}
