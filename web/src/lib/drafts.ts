/**
 * What somebody has typed into a form and not sent, kept in the storage of the tab: reloading, signing in again or going
 * elsewhere and back loses nothing. Passwords, tokens and other secrets are never kept: their forms keep no draft.
 */

const prefix = 'gatehouse.draft.'

/** Where the draft of a person is kept. `name` says which form it is, and of what: `ask.<flow id>`. */
export function draftKey(userId: string, name: string): string {
  return `${prefix}${userId}.${name}`
}

/** Whether a key of the storage holds a draft; of anybody but `userId`, when given. */
export function isDraftKey(key: string, exceptOf?: string): boolean {
  return key.startsWith(prefix) && (exceptOf === undefined || !key.startsWith(draftKey(exceptOf, '')))
}

const kindOf = (value: unknown) => (Array.isArray(value) ? 'array' : typeof value)

/** What is empty at first may be null; everything else stays of its kind. */
const isAlike = (one: unknown, other: unknown) => one === null || other === null || kindOf(one) === kindOf(other)

/** The values that were kept; nothing when they are not of this form, as after an update of the portal. */
export function readDraft<Values extends object>(text: string | null, initial: Values): Values | undefined {
  const kept = parse(text)
  if (typeof kept !== 'object' || kept === null) return undefined
  const fields = Object.entries(initial)
  const isSame = Object.keys(kept).length === fields.length
  const fits = fields.every(([name, value]) => name in kept && isAlike((kept as Record<string, unknown>)[name], value))
  return isSame && fits ? (kept as Values) : undefined
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return undefined
  }
}

/** Keeps a text, or nothing any more. */
export function keepDraft(key: string, text: string | undefined): void {
  try {
    if (text === undefined) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, text)
  } catch {
    // The storage is full or closed: typing goes on without.
  }
}

/** Removes the drafts of everybody in this tab; when given, those of `userId` stay. */
export function dropDrafts(exceptOf?: string): void {
  for (const key of Object.keys(sessionStorage).filter((each) => isDraftKey(each, exceptOf))) keepDraft(key, undefined)
}
