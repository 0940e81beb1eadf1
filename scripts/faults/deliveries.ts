/** What the connected system has written down, and whom that makes a member there. */
import { existsSync, readFileSync } from 'node:fs'

/** One webhook that was taken. `id` is the same for every repetition. */
export interface Delivery {
  id: string
  type: string
  userId: string
  groupId: string
  accessRequestId: string | null
}

export interface TargetFacts {
  /** `<user id> <group id>` of everybody who is a member there now. */
  members: Set<string>
  /** Different deliveries that gave access for a request: repetitions under one id count once. */
  additions: Map<string, Set<string>>
  deliveries: number
  repeated: number
  /** Calls without a valid signature. */
  refused: number
}

/** A line that a kill cut short was never answered for, so it does not count. */
export function readDeliveries(file: string): Delivery[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8').split('\n').flatMap(parse)
}

function parse(line: string): Delivery[] {
  try {
    return line === '' ? [] : [JSON.parse(line) as Delivery]
  } catch {
    return []
  }
}

/** As a receiver does that follows Standard Webhooks: a second delivery of the same id changes nothing. */
export function factsOf(deliveries: readonly Delivery[]): TargetFacts {
  const taken = deliveries.filter(({ id }) => id !== '')
  const known = new Set<string>()
  const members = new Set<string>()
  const additions = new Map<string, Set<string>>()
  for (const { id, type, userId, groupId, accessRequestId } of taken) {
    if (known.has(id)) continue
    known.add(id)
    const member = `${userId} ${groupId}`
    if (type === 'membership.removed') members.delete(member)
    else {
      members.add(member)
      const request = accessRequestId ?? ''
      additions.set(request, (additions.get(request) ?? new Set()).add(id))
    }
  }
  const refused = deliveries.length - taken.length
  return { members, additions, deliveries: taken.length, repeated: taken.length - known.size, refused }
}
