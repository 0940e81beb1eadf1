/** The one way to a connected system: what it is told is noted before and after. */
import { ConnectorError } from '../../domain/shared/connector-error.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { Connector, MembershipChange } from '../connectors/connector.ts'
import { type BegunCall, beginCall, endCall, failCall, findTold, type Place, type Verb } from './told.repository.ts'

/** A connected system, as it is set up now. */
export interface Target {
  connectorId: string
  connector: Connector
}

export type Tell = (verb: Verb, told: Target & { change: MembershipChange }) => Promise<void>

/**
 * @returns tells a system to put somebody in or to take them out. A removal says which address the system was told when it
 *   put them in.
 * @throws ConnectorError when it refused or did not answer
 */
export const createTell =
  (db: DbOrTx): Tell =>
  async (verb, { connectorId, connector, change }) => {
    const place: Place = { connectorId, groupId: change.group.id, userId: change.user.id }
    const told = { user: change.user, group: change.group }
    const call = await beginCall(db, place, { verb, told })
    await carryOut({ db, place, call, told }, { verb, connector, change })
  }

interface Noted {
  db: DbOrTx
  place: Place
  call: BegunCall
  told: Pick<MembershipChange, 'user' | 'group'>
}

/** A call that has begun. @throws ConnectorError when the system refused or did not answer */
export async function carryOut(
  { db, place, call, told }: Noted,
  { verb, connector, change }: { verb: Verb; connector: Connector; change: MembershipChange },
): Promise<void> {
  const addedAs = verb === 'remove' ? (await findTold(db, place))?.user.email : undefined
  try {
    if (verb === 'add') await connector.addMember(change)
    else await connector.removeMember({ ...change, ...(addedAs !== undefined && { addedAs: { email: addedAs } }) })
  } catch (error) {
    const isRefused = error instanceof ConnectorError && !error.retryable
    // Where it cannot be noted either, the call counts as cut off after a while.
    await failCall(db, place, { call, told, isRefused }).catch(() => undefined)
    throw error
  }
  await endCall(db, place, { call, verb, told })
}
