/** What is said of an environment variable. */
import type { z } from 'zod'

/** One environment variable. `secret` values are never printed. */
export interface Variable<S extends z.ZodType = z.ZodType> {
  group: string
  doc: string
  schema: S
  default?: string
  /** Words for a default that depends on other settings. */
  defaultDoc?: string
  example?: string
  secret?: true
}

/** Keeps the types of the schema and of the default. */
export const define = <S extends z.ZodType, const V extends Variable<S>>(variable: V & { schema: S }) => variable
