import type { RequestStatus } from '../api/types.ts'

export const statuses = [
  'pending',
  'approved',
  'denied',
  'canceled',
  'expired',
  'missing_data',
  'error',
] as const satisfies readonly RequestStatus[]
/** The statuses in which a request can be decided. */
export const openStatuses = ['pending', 'missing_data', 'error'] as const satisfies readonly RequestStatus[]
