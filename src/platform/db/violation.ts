/** Which constraint a write broke: Drizzle wraps the error of the driver. */

interface DriverError {
  code?: string
  constraint_name?: string
}

const integrityViolation = /^23/

/** Name of the unique, foreign key or check constraint that `error` is about, or nothing. */
export function violatedConstraint(error: unknown): string | undefined {
  const { code, constraint_name: name } = ((error as { cause?: DriverError }).cause ?? error) as DriverError
  return code && integrityViolation.test(code) ? name : undefined
}
