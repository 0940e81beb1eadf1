/**
 * Some acts ask for a password given within the last minutes. The call that is refused for that waits here until the
 * person has given it, or has said no.
 */
let isAsked = false
let asking: Promise<boolean> | undefined
let answer: (isConfirmed: boolean) => void = () => {}
const listeners = new Set<() => void>()

function show(value: boolean): void {
  isAsked = value
  for (const listener of listeners) listener()
}

/** Calls that are refused at the same time wait for the same answer. False: they do not want to. */
export function askToConfirm(): Promise<boolean> {
  if (listeners.size === 0) return Promise.resolve(false)
  asking ??= new Promise<boolean>((resolve) => {
    answer = resolve
    show(true)
  })
  return asking
}

/** Once the password was right, or the dialog was left. */
export function answerConfirmation(isConfirmed: boolean): void {
  asking = undefined
  show(false)
  answer(isConfirmed)
}

export function subscribeToConfirmation(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    // Whoever leaves the page while asked has not confirmed.
    if (listeners.size === 0 && isAsked) answerConfirmation(false)
  }
}

export const isConfirmationAsked = (): boolean => isAsked
