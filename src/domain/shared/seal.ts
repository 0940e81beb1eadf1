/**
 * What a sealed message is for. It stands inside the encryption, beside the message: who copies a payload out of a
 * history cannot use it for anything else.
 */

/** Name of the metadata that holds the seal, as JSON. A payload in the clear never has it: the codec takes it away. */
export const sealMetadata = 'gatehouse-seal'

/** Each limit that is given has to hold, and there has to be a workflow or an end. */
export interface Seal {
  /** The workflow it is for. */
  workflowId?: string | undefined
  /** The signal or update it is for. */
  name?: string | undefined
  /** RFC 3339: until when it counts. */
  until?: string | undefined
}

/** Where and when a sealed message has come. */
export interface Arrival {
  workflowId: string
  name: string
  /** RFC 3339 */
  now: string
}

/** Whether the text of a seal says that its message is meant for this place and time. */
export function isSealedFor(text: string, arrival: Arrival): boolean {
  const seal = read(text)
  if (!seal || (seal.workflowId === undefined && seal.until === undefined)) return false
  if (seal.workflowId !== undefined && seal.workflowId !== arrival.workflowId) return false
  if (seal.name !== undefined && seal.name !== arrival.name) return false
  return seal.until === undefined || Date.parse(seal.until) > Date.parse(arrival.now)
}

/** Nothing when it is no seal: a limit that cannot be read is not left out, since the seal would count for more. */
function read(text: string): Seal | undefined {
  try {
    const { workflowId, name, until } = JSON.parse(text) as Record<string, unknown>
    const limits = [workflowId, name, until]
    return limits.every((limit) => limit === undefined || typeof limit === 'string')
      ? ({ workflowId, name, until } as Seal)
      : undefined
  } catch {
    return undefined
  }
}
