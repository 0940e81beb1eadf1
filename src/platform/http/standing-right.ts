/** Answers that take as long as they take (live views, exports) end soon after their caller's right has ended. */
import type { Response } from 'express'

/** With the time of the look itself, well within the 5 s in which a right that has ended must have no effect any more. */
const lookEveryMs = 2000

/**
 * Breaks the answer off once `isAllowed` says no: half an export must not be taken for the whole. A look that fails says
 * nothing, because while our database is away there is nothing to be read either.
 * @param isAllowed must not count as use of the credential: else a live view would keep its session for ever
 */
export function endWithRight(res: Response, isAllowed: () => Promise<boolean>, everyMs = lookEveryMs): void {
  let isLooking = false
  const look = async () => {
    if (isLooking) return
    isLooking = true
    const isOver = await isAllowed().then(
      (allowed) => !allowed,
      () => false,
    )
    isLooking = false
    if (isOver) res.destroy()
  }
  const timer = setInterval(() => void look(), everyMs).unref()
  res.once('close', () => clearInterval(timer))
}
