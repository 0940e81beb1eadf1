/** Kills one part after the other, at random moments, until it is stopped. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Options, Part } from './options.ts'
import type { Random } from './random.ts'

export interface Kill {
  part: Part
  /** Milliseconds since 1970. */
  at: number
}

export interface StormDeps extends Pick<Options, 'killEveryMs' | 'parts'> {
  random: Random
  /** @returns false when the part is not there to be killed */
  kill: (part: Part) => boolean
  /** Every kill is added here. */
  kills: Kill[]
}

/** Begins at once. */
export function startStorm({ killEveryMs: [shortest, longest], parts, random, kill, kills }: StormDeps) {
  const end = new AbortController()

  /** A part that is down already, or not up again yet, is passed over for another one. */
  function strike(): void {
    const left = [...parts]
    while (left.length > 0) {
      const part = random.pick(left)
      if (kill(part)) return void kills.push({ part, at: Date.now() })
      left.splice(left.indexOf(part), 1)
    }
  }

  async function blow(): Promise<void> {
    while (!end.signal.aborted) {
      await pause(random.between(shortest, longest), undefined, { signal: end.signal }).catch(() => undefined)
      if (!end.signal.aborted) strike()
    }
  }

  const blowing = parts.length > 0 ? blow() : Promise.resolve()
  return {
    async stop(): Promise<void> {
      end.abort()
      await blowing
    },
  }
}
