/** What a run does, from the environment. */

/** Everything that is killed: the parts of `npm start`, and the connected system. */
export const parts = ['api', 'worker', 'temporal', 'postgres', 'mail', 'target'] as const
export type Part = (typeof parts)[number]

export interface Options {
  requests: number
  /** The same seed draws the same parts, pauses and roles; what they meet differs from run to run. */
  seed: number
  /** Shortest and longest pause between two kills, in milliseconds. */
  killEveryMs: readonly [number, number]
  parts: readonly Part[]
}

type Environment = Record<string, string | undefined>

/** @throws Error naming the variable and what it takes */
export function readOptions(env: Environment): Options {
  return {
    requests: wholeNumber(env, 'FAULTS_REQUESTS', 1000),
    seed: wholeNumber(env, 'FAULTS_SEED', Date.now() % 1_000_000),
    killEveryMs: pauses(env['FAULTS_KILL_EVERY'] || '2-6'),
    parts: chosenParts(env['FAULTS_PARTS'] || parts.join(',')),
  }
}

function wholeNumber(env: Environment, name: string, usual: number): number {
  const value = Number(env[name] || usual)
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} takes a whole number from 1`)
  return value
}

function pauses(text: string): [number, number] {
  const [, shortest, longest] = /^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/.exec(text) ?? []
  const range: [number, number] = [Number(shortest) * 1000, Number(longest) * 1000]
  if (!(range[0] <= range[1])) throw new Error('FAULTS_KILL_EVERY takes seconds from shortest to longest, such as 2-6')
  return range
}

function chosenParts(text: string): Part[] {
  const chosen = text.split(',').filter((name) => name !== 'none')
  const isPart = (name: string): name is Part => (parts as readonly string[]).includes(name)
  if (!chosen.every(isPart)) throw new Error(`FAULTS_PARTS takes some of ${parts.join(',')}, or none`)
  return chosen
}
