/**
 * Whose session this page works with, and the token that proves that a write comes from our own page. In memory only.
 * A browser has one session for all its tabs: when somebody else signs in in another tab, this page must not go on.
 */
import { dropDrafts } from '../lib/drafts.ts'

interface SessionFacts {
  csrfToken?: string | null
  user?: { id: string } | undefined
}

/** Instead of somebody's id: they have signed out. */
const nobody = ''

let csrfToken: string | null = null
let userId: string | undefined
let isSomebodyElses = false
let onSomebodyElse: () => void = () => {}

// Tabs of one browser hear of each other's sign-ins, and sign-outs.
const tabs = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('gatehouse-session')
if (tabs) tabs.onmessage = ({ data }: MessageEvent<string>) => (data === nobody ? dropDrafts() : checkIdentity(data))

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

/** From now on the page is of this person; what others have typed in this tab is removed. */
function belongTo(id: string): void {
  userId = id
  dropDrafts(id)
}

/** Takes over what `/me` tells. False when the session has become somebody else's: then nothing may be written any more. */
export function learnSession({ csrfToken: token, user }: SessionFacts): boolean {
  if (!checkIdentity(user?.id)) return false
  csrfToken = token ?? null
  if (user && !userId) tabs?.postMessage(user.id)
  if (user) belongTo(user.id)
  return true
}

/** Somebody has signed in here. */
export function startSession({ csrfToken: token, user }: SessionFacts): void {
  csrfToken = token ?? null
  userId = undefined
  if (user) belongTo(user.id)
  tabs?.postMessage(userId)
}

/** Nobody is signed in any more. What they typed stays for them to sign in again. */
export function endSession(): void {
  csrfToken = null
  userId = undefined
}

/** They have signed out by themselves: nothing of what they typed stays in any tab. */
export function signOutHere(): void {
  endSession()
  dropDrafts()
  tabs?.postMessage(nobody)
}

/** Whose page this is. */
export function getUserId(): string | undefined {
  return userId
}

export function getCsrfToken(): string | null {
  return csrfToken
}
