/** Work on many things, a few at a time. */

/** Runs `run` for every item, `atOnce` at a time. @returns the results in the order of the items */
export async function inOrder<T, R>(items: readonly T[], run: (item: T) => Promise<R>, atOnce = 5): Promise<R[]> {
  const results: R[] = Array.from({ length: items.length })
  let next = 0
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) results[index] = await run(items[index] as T)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  return results
}
