/** `NAME_FILE` for every secret `NAME`: the path of a file that holds it, as containers and service managers hand secrets over. */
import { readFileSync } from 'node:fs'
import type { Variable } from './variable.ts'
import { variables } from './variables.ts'

/** Names of the variables that hold a secret. */
export const secretNames = Object.entries<Variable>(variables)
  .filter(([, { secret }]) => secret)
  .map(([name]) => name)

/** A secret as the environment gives it. `source` names it in messages. */
export interface GivenSecret {
  value: string | undefined
  source: string
  /** Completes the sentence "NAME…"; nothing when the value could be read. */
  problem?: string
}

/**
 * The value of `name`: of the variable itself, or of the file that `NAME_FILE` names, without white space at its ends.
 * Problems never repeat the path, in whose place somebody may have put the secret itself.
 */
export function givenSecret(name: string, env: NodeJS.ProcessEnv): GivenSecret {
  const value = env[name]?.trim() || undefined
  const path = env[`${name}_FILE`]?.trim()
  if (!path) return { value, source: name }
  const source = `${name}_FILE`
  if (value !== undefined) return { value, source, problem: `${name} and ${source} are both set: keep one of them` }
  try {
    const found = readFileSync(path, 'utf8').trim()
    if (found) return { value: found, source: `${name} (from the file that ${source} names)` }
    return { value: undefined, source, problem: `${source} names a file that is empty` }
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException
    return { value: undefined, source, problem: `${source} takes the path of a file that can be read (${code})` }
  }
}
