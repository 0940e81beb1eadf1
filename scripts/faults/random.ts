/** Chance that can be repeated: the same seed gives the same numbers. */

export interface Random {
  /** From `low` up to, not including, `high`. */
  between(low: number, high: number): number
  /** True in this share of the calls, from 0 to 1. */
  chance(share: number): boolean
  /** @throws RangeError when there is nothing to choose from */
  pick<T>(list: readonly T[]): T
}

/** The generator known as mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    between: (low, high) => low + next() * (high - low),
    chance: (share) => next() < share,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('nothing to choose from')
      return list[Math.floor(next() * list.length)] as (typeof list)[number]
    },
  }
}
