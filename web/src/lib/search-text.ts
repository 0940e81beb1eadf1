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

/** The named texts of an address; anything else in it is dropped. */
export function textsOf<Name extends string>(
  search: Record<string, unknown>,
  ...names: Name[]
): { [Key in Name]?: string } {
  const texts: { [Key in Name]?: string } = {}
  for (const name of names) if (typeof search[name] === 'string' && search[name] !== '') texts[name] = search[name]
  return texts
}
