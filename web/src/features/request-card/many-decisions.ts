import type { KeyHeaders } from '../../api/idempotency.ts'
import type { BulkResult } from '../../api/types.ts'

/** How the same decision is sent for many requests. */
export interface ManyDecisions<Terms> {
  /** So many go in one call. */
  size: number
  /** One call, by the ids of requests; gives what became of each. */
  send: (ids: string[], headers: KeyHeaders, terms: Terms) => Promise<BulkResult[]>
  /** Told after each call, to show those requests as they are then. */
  onAnswered?: (ids: string[]) => void
}
