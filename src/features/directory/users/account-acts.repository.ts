import { v7 as uuidv7 } from 'uuid'
import type { AccountAct } from '../../../domain/request/four-eyes.ts'
import type { DbOrTx } from '../../../platform/db/columns.ts'
import { accountActs } from './account-acts.table.ts'

/** Notes what somebody has done to the account of somebody else; nothing for one's own. */
export async function noteAccountAct(
  tx: DbOrTx,
  { actorId, userId, act }: { actorId: string; userId: string; act: AccountAct },
): Promise<void> {
  if (actorId !== userId) await tx.insert(accountActs).values({ id: uuidv7(), actorId, userId, act })
}
