/** The fields of `next` that differ from `before`: what is not sent is not overwritten, if somebody else changed it meanwhile. */
export function changedFields<Fields extends object>(next: Fields, before: object): Partial<Fields> {
  const isChanged = ([name, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify((before as Record<string, unknown>)[name])
  return Object.fromEntries(Object.entries(next).filter(isChanged)) as Partial<Fields>
}
