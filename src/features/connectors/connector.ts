/** How access is given in, and taken from, a system outside the directory. */

/** One membership to add or remove. Doing it twice with the same key has the effect of doing it once. */
export interface MembershipChange {
  /** Idempotency key: the same for every try of the same change. Printable ASCII. */
  key: string
  user: { id: string; name: string; email: string }
  /** Of a removal: the address that the system was told when it put them in, where that is known. */
  addedAs?: { email: string }
  group: { id: string; name: string }
  accessRequestId: string | null
  grantId: string | null
}

export interface Connector {
  /** @throws ConnectorError */
  addMember(change: MembershipChange): Promise<void>
  /** @throws ConnectorError */
  removeMember(change: MembershipChange): Promise<void>
}
