/** Contrast of colours, as WCAG 2 counts it. */

/** The least that text may have (WCAG 2, 1.4.3, AA). */
export const leastContrast = 4.5

/** Of one of red, green and blue, from 0 to 255. */
function linear(value: number): number {
  const part = value / 255
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}

/** @param color `#rrggbb` */
export function contrastWithWhite(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => linear(Number.parseInt(color.slice(at, at + 2), 16)))
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}
