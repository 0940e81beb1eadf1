import type { AccessRequest } from '../../api/types.ts'

export type MissingData = AccessRequest['missingData'][number]

/** Where the missing record can be completed, with a way back to the request; nothing when it is not a user's. */
export function whereToAdd(requestId: string, { kind, subjectUserId }: MissingData): string | undefined {
  if (!subjectUserId) return undefined
  const focus = kind === 'manager' ? '&focus=manager' : ''
  return `/admin/users/${subjectUserId}?tab=employment${focus}&back=${requestId}`
}
