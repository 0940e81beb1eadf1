/** What of a page cannot be read where it stands. */
import type { Page } from '@playwright/test'

/**
 * Runs in the page: sideways scrolling, and every text of which a part lies outside of what cuts it off.
 * Texts that end in an ellipsis on purpose do not count.
 */
const findCut = `(() => {
  const root = document.documentElement
  const found = root.scrollWidth > innerWidth ? ['the page is ' + root.scrollWidth + ' wide'] : []
  const isMeant = (style) => style.webkitLineClamp !== 'none' || style.textOverflow === 'ellipsis' || style.clip !== 'auto'
  const isCut = (text) => {
    const range = document.createRange()
    range.selectNodeContents(text)
    const boxes = [...range.getClientRects()].filter(({ width }) => width > 1)
    for (let element = text.parentElement; element && element !== root; element = element.parentElement) {
      const style = getComputedStyle(element)
      if (isMeant(style)) return false
      if (style.overflowX === 'visible') continue
      const { left, right } = element.getBoundingClientRect()
      if (boxes.some((box) => box.left < left - 1 || box.right > right + 1)) return true
    }
    return false
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) if (texts.currentNode.data.trim() && isCut(texts.currentNode)) found.push(texts.currentNode.data)
  return found
})()`

export function cutOn(page: Page): Promise<string[]> {
  return page.evaluate(findCut)
}
