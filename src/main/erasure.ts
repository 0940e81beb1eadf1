/** One person is erased in one transaction, and the audit log says so. */

import { changesBetween } from '../domain/operation.ts'
import { erasedName, wordsOf } from '../domain/shared/erasure.ts'
import type { AuditLog } from '../features/audit/audit.repository.ts'
import { eraseFromRows, lockForErasure, requestsOf } from '../features/erasure/erasure.repository.ts'
import type { Db } from '../platform/db/client.ts'

export interface ErasureDeps {
  db: Db
  auditLog: Pick<AuditLog, 'within' | 'erase' | 'wordsOf'>
  newId: () => string
}

/** @returns a function that erases one user, and says how many rows of each kind were changed or removed */
export function createErasure({ db, auditLog, newId }: ErasureDeps) {
  return (id: string): Promise<Record<string, number>> =>
    auditLog.within(db, async (tx, record) => {
      const { name, email } = await lockForErasure(tx, id)
      const requests = await requestsOf(tx, id)
      const words = wordsOf([name, email, ...(await auditLog.wordsOf(tx, id))])
      const person = { id, words }
      const rows = await eraseFromRows(tx, person, requests)
      const erasure = newId()
      const events = await auditLog.erase(tx, { person, erasure, requestIds: requests.map((one) => one.id) })
      const counts = { events, ...rows }
      record({
        sourceKey: `erasure:${erasure}`,
        eventType: 'user_erase',
        timestamp: new Date().toISOString(),
        initiatedBy: { id: null, type: 'system', email: null },
        resource: { type: 'user', id, name: erasedName },
        changes: changesBetween(null, counts),
      })
      return counts
    })
}
