/** Everything that a move is judged by, as it is at the moment of the move. */

import type { Person } from '../shared/person.ts'
import type { DirectoryFacts } from './approvers.ts'
import type { Tie } from './four-eyes.ts'
import type { HeldAccess } from './record.ts'

/** Who acts. */
export interface ActingUser extends Person {
  activated: boolean
  isAdministrator: boolean
  /** What the requester has lately done to this account. */
  tie?: Tie | null
}

/** Where access is given now. */
export interface Target {
  /** Null when the group is gone. */
  groupName: string | null
  /** Null for the directory itself. */
  connectorId: string | null
  /** How often the requester was taken out of the group at the connected system so far. */
  removals: number
  /** What the requester has of it already; null when nothing. */
  held: HeldAccess | null
}

export interface Facts extends DirectoryFacts {
  /** Null when nobody acts, or nobody knows the user. */
  actor: ActingUser | null
  flow: 'open' | 'disabled' | 'deleted'
  target: Target
}
