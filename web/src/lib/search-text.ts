/** Addresses as people write them: `?status=pending,error`, every value a text, nothing for what is not set. */

export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text))
}

export function stringifySearch(search: Record<string, unknown>): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'string' && value !== '') parameters.set(name, value)
  }
  const text = parameters.toString().replaceAll('%2C', ',').replaceAll('%2F', '/')
  return text ? `?${text}` : ''
}

/** Longest search that the service takes. */
export const longestSearch = 200

/** The named texts of an address; anything else in it is dropped, and so is what no text may hold. */
export function textsOf<Name extends string>(
  search: Record<string, unknown>,
  ...names: Name[]
): { [Key in Name]?: string } {
  const texts: { [Key in Name]?: string } = {}
  for (const name of names) {
    const text = search[name]
    if (typeof text !== 'string' || text === '' || /\p{Cc}/u.test(text)) continue
    texts[name] = name === 'q' ? text.slice(0, longestSearch) : text
  }
  return texts
}

/** The value as one of those that are known; nothing for any other. */
export function oneOf<T extends string>(known: readonly T[], value: unknown): T | undefined {
  return known.find((each) => each === value)
}

/** Each field upwards and downwards, as the API names sorts. */
export function sortsOf<Field extends string>(fields: readonly Field[]): (Field | `-${Field}`)[] {
  return fields.flatMap((field) => [field, `-${field}` as const])
}
