/** Where the focus was, and what else could be focused around it, from the inside out. */
interface Place {
  element: HTMLElement
  around: { parent: Element; index: number }[]
}

const focusables = ['a[href]', 'button', 'input', 'select', 'textarea', '[tabindex="0"]']
  .map((each) => `${each}:not([disabled])`)
  .join(',')

/**
 * Keeps the keyboard's place. When what has the focus disappears (a dialog closes, a row is decided, a chip is taken
 * away), the focus goes to what had it on the page before; when that has gone too, to what stands in its place now, or
 * else to `main`. A page that is left as a whole leaves the focus to whoever opens the next one.
 *
 * @param main holds the page; must be focusable
 * @param page what is replaced when another page opens
 * @returns what ends it
 */
export function keepFocus(main: HTMLElement, page: HTMLElement): () => void {
  let last: Element | undefined
  let place: Place | undefined

  function note({ target }: FocusEvent): void {
    if (!(target instanceof HTMLElement)) return
    last = target
    // Dialogs and menus stand beside the app's root: what opened them is still the place to return to.
    if (document.getElementById('root')?.contains(target)) place = placeOf(target, page)
  }

  function restore(): void {
    const isLost = document.activeElement === null || document.activeElement === document.body
    if (!isLost || !last || last.isConnected) return
    last = undefined
    const next = (place && standIn(place)) ?? main
    next.focus({ preventScroll: true })
  }

  const observer = new MutationObserver(restore)
  observer.observe(document.body, { childList: true, subtree: true })
  document.addEventListener('focusin', note)
  return () => {
    observer.disconnect()
    document.removeEventListener('focusin', note)
  }
}

function placeOf(element: HTMLElement, page: HTMLElement): Place {
  const around: Place['around'] = []
  let parent = page.contains(element) ? element.parentElement : null
  while (parent && parent !== page) {
    around.push({ parent, index: [...parent.querySelectorAll(focusables)].indexOf(element) })
    parent = parent.parentElement
  }
  return { element, around }
}

function standIn({ element, around }: Place): HTMLElement | undefined {
  if (isShown(element)) return element
  for (const { parent, index } of around) {
    if (!parent.isConnected) continue
    const candidates = [...parent.querySelectorAll<HTMLElement>(focusables)].filter(isShown)
    const next = candidates[Math.min(Math.max(index, 0), candidates.length - 1)]
    if (next) return next
  }
  return undefined
}

function isShown(element: HTMLElement): boolean {
  return element.isConnected && element.getClientRects().length > 0 && !element.matches(':disabled')
}
