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
 * else to `main`. While a dialog is open it stays in there. A page that is left as a whole leaves the focus to whoever opens the next one.
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

  function restore(changes: MutationRecord[]): void {
    const isLost = document.activeElement === null || document.activeElement === document.body
    if (!isLost || !last) return
    if (last.isConnected) return reclaim(changes)
    last = undefined
    const next = inDialog() ?? (place && standIn(place)) ?? main
    next.focus({ preventScroll: true })
  }

  /** A button that cannot be pressed while its work goes on loses the focus, and has it again when it can. */
  function reclaim(changes: MutationRecord[]): void {
    const isBack = changes.some(({ type, target }) => type === 'attributes' && target === last)
    if (isBack && last instanceof HTMLElement && isShown(last)) last.focus({ preventScroll: true })
  }

  const observer = new MutationObserver(restore)
  observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] })
  document.addEventListener('focusin', note)
  return () => {
    observer.disconnect()
    document.removeEventListener('focusin', note)
  }
}

/** While a dialog is open nothing beside it may have the focus; its last control is the way on, or out. */
function inDialog(): HTMLElement | undefined {
  const dialog = [...document.querySelectorAll('[role="dialog"][aria-modal="true"]')].at(-1)
  return dialog ? [...dialog.querySelectorAll<HTMLElement>(focusables)].filter(isShown).at(-1) : undefined
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
