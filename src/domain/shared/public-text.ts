/**
 * Text that operators read in the Temporal UI: a flow's name, ids, counts and times, never a reason, name or address.
 * The mark (an invisible word joiner) is how the payload codec knows such text from data.
 */
export const publicMark = '\u2060'

/** Marks a summary or state as readable in the Temporal UI. */
export function publicText(text: string): string {
  return publicMark + text
}
