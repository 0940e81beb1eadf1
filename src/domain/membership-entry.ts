/** How the audit log tells of direct members who were put into a group, or taken out. */
import type { AuditEntry } from './audit-entry.ts'
import { auditOf, type Operation } from './operation.ts'

interface Moved {
  group: { id: string; name: string }
  members: readonly { id: string; email: string }[]
  verb: 'add' | 'remove'
  /** Tells the entries of one operation about one group apart. */
  key: string
}

export function membershipEntry(operation: Operation, { group, members, verb, key }: Moved): AuditEntry {
  const entry = auditOf(operation, {
    eventType: 'access_management_association_change',
    resource: { type: 'user_group', id: group.id, name: group.name },
    changes: members.map(({ id, email }) => {
      const member = { id, email }
      return { field: 'member', from: verb === 'remove' ? member : null, to: verb === 'add' ? member : null }
    }),
  })
  // One operation may change several memberships.
  return { ...entry, sourceKey: `${entry.sourceKey}:${group.id}:${key}` }
}
