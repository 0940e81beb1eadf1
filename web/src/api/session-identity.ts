/**
 * Whose session this page works with, and the token that proves that a write comes from our own page. In memory only.
 * A browser has one session for all its tabs: when somebody else signs in in another tab, this page must not go on.
 */

interface SessionFacts {
  csrfToken?: string | null
  user?: { id: string } | undefined
}

let csrfToken: string | null = null
let userId: string | undefined
let isSomebodyElses = false
let onSomebodyElse: () => void = () => {}

// Tabs of one browser hear of each other's sign-ins.
const tabs = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('gatehouse-session')
if (tabs) tabs.onmessage = ({ data }: MessageEvent<string>) => checkIdentity(data)

/** Tells whether the session is still that of `id`; if not, this page does not go on. */
export function checkIdentity(id: string | null | undefined): boolean {
  const isSomebodyElse = userId !== undefined && Boolean(id) && id !== userId
  if (isSomebodyElse) {
    isSomebodyElses = true
    onSomebodyElse()
  }
  return !isSomebodyElse
}

/** The page is about to be loaded anew for another person: nobody is asked about what is not saved. */
export function isSessionReplaced(): boolean {
  return isSomebodyElses
}

/** What to do when the session has become somebody else's. */
export function whenSessionReplaced(listener: () => void): void {
  onSomebodyElse = listener
}

/** Takes over what `/me` tells. False when the session has become somebody else's: then nothing may be written any more. */
export function learnSession({ csrfToken: token, user }: SessionFacts): boolean {
  if (!checkIdentity(user?.id)) return false
  csrfToken = token ?? null
  if (user && !userId) tabs?.postMessage(user.id)
  userId = user?.id ?? userId
  return true
}

/** Somebody has signed in here. */
export function startSession({ csrfToken: token, user }: SessionFacts): void {
  csrfToken = token ?? null
  userId = user?.id
  tabs?.postMessage(userId)
}

/** Nobody is signed in any more. */
export function endSession(): void {
  csrfToken = null
  userId = undefined
}

export function getCsrfToken(): string | null {
  return csrfToken
}
