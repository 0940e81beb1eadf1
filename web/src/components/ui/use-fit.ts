import { type RefObject, useLayoutEffect, useRef } from 'react'

/** Phones show cards even where a table of few columns would just fit. */
const phone = '(max-width: 36em)'
/** What a column may be narrowed to, in pixels, where a word without end would make it wider. */
const narrowest = 124

/**
 * A table is one while its words fit beside each other in its frame. Words without end are broken first (`--cap`),
 * and where even that is too wide its rows are cards (`data-cards`).
 * `wideColumns` share the room that is left.
 * Measured when `content` changes, not with every live change of a row: a list does not turn over under the pointer.
 */
export function useFit(content: string, wideColumns: number): RefObject<HTMLDivElement | null> {
  const frame = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the content is measured, not read
  useLayoutEffect(() => {
    const element = frame.current
    if (!element) return undefined
    element.removeAttribute('data-cards')
    const whole = widthNeeded(element, 'none')
    const capped = widthNeeded(element, `${narrowest}px`)

    function fit(): void {
      if (!element) return
      const room = element.clientWidth
      const cap = whole <= room ? 'none' : `${narrowest + Math.floor((room - capped) / wideColumns)}px`
      element.style.setProperty('--cap', cap)
      element.toggleAttribute('data-cards', matchMedia(phone).matches || capped > room)
    }
    fit()
    const observer = new ResizeObserver(fit)
    observer.observe(element)
    return () => observer.disconnect()
  }, [content, wideColumns])
  return frame
}

/** Pixels below which words would be cut, when no column is wider than `cap` because of a single word. */
function widthNeeded(frame: HTMLElement, cap: string): number {
  const table = frame.firstElementChild as HTMLElement
  frame.style.setProperty('--cap', cap)
  table.style.width = 'min-content'
  const needed = table.offsetWidth
  table.style.width = ''
  return needed
}
