/** One tab asks somebody to sign in once more at the identity provider in another one, which tells when that is done. */
const channelName = 'gatehouse-signed-in-again'

/** Told by the tab in which it was done. */
export function tellSignedInAgain(): void {
  if (typeof BroadcastChannel === 'undefined') return
  const channel = new BroadcastChannel(channelName)
  channel.postMessage('done')
  channel.close()
}

/** Calls `listener` when another tab tells, and whenever this one is looked at again. @returns what ends it */
export function whenSignedInAgain(listener: () => void): () => void {
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(channelName)
  if (channel) channel.onmessage = listener
  window.addEventListener('focus', listener)
  return () => {
    channel?.close()
    window.removeEventListener('focus', listener)
  }
}
