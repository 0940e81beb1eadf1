/** How many live streams the tabs of one browser hold. */

/** A browser opens six connections to a host (HTTP/1.1): with a stream in each tab, the seventh would wait for ever. */
const most = 3

const nothingHeld = () => undefined

/**
 * Takes one of the places for streams that all tabs of this browser share. A tab that is closed gives its own back.
 * @returns how to give it back; undefined when all are taken
 */
export async function takeStreamPlace(): Promise<(() => void) | undefined> {
  // Browsers have locks only on pages that come by https or from this machine.
  const locks = navigator.locks as LockManager | undefined
  if (!locks) return nothingHeld
  for (let place = 1; place <= most; place++) {
    const giveBack = await hold(locks, `gatehouse-stream-${place}`)
    if (giveBack) return giveBack
  }
  return undefined
}

function hold(locks: LockManager, name: string): Promise<(() => void) | undefined> {
  return new Promise((resolve) => {
    const untilGivenBack = (lock: Lock | null) => (lock ? new Promise<void>(resolve) : resolve(undefined))
    // Where locks are forbidden, nobody counts.
    locks.request(name, { ifAvailable: true }, untilGivenBack).catch(() => resolve(nothingHeld))
  })
}
