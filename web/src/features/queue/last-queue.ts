/** Where this tab last was in the queue: tab, filters, search, sort and page. The way back from a request leads there. */

const key = 'gatehouse.queue'

/** Takes note of an address of the queue; others are left alone. */
export function noteQueue(address: string): void {
  if (isQueue(address)) sessionStorage.setItem(key, address)
}

/** Address of the queue as it was left; the plain one when this tab has not been there. */
export function lastQueue(): string {
  const address = sessionStorage.getItem(key)
  return address && isQueue(address) ? address : '/admin/requests'
}

const isQueue = (address: string) => /^\/admin\/requests(?:\?|$)/.test(address)
