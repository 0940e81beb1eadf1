/** The log of a process: JSON lines on stdout, errors without the values that people typed. */
import { type DestinationStream, type LogFn, type Logger, type LoggerOptions, pino } from 'pino'

/** The innermost message: what wraps a database error repeats the values of the query. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : reasonOf(error.cause)
}

function innermost(error: Error): Error {
  return error.cause instanceof Error ? innermost(error.cause) : error
}

/** What may be logged of an error: kinds, codes, the innermost message and places in the code; no query, no values. */
export function loggableError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const cause = innermost(error)
  const { code } = cause as { code?: unknown }
  return {
    type: error.name,
    ...(cause === error ? {} : { cause: cause.name }),
    ...(code === undefined ? {} : { code }),
    message: reasonOf(error),
    stack: [error, cause].map(placesOf).join('\ncaused at\n'),
  }
}

/** The stack without its head, which is the message. */
function placesOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')
}

/** An error alone would give its message to the line, values and all. */
function logMethod(this: Logger, args: Parameters<LogFn>, method: LogFn): void {
  const [first, message] = args as unknown[]
  const error = first instanceof Error ? first : (first as { err?: unknown } | undefined)?.err
  if (message === undefined && error instanceof Error) args = [{ err: error }, reasonOf(error)] as never
  method.apply(this, args)
}

/** @param part names the process in each line: `api`, `worker`, `migrate` */
export function createLog({ level, part }: { level: string; part: string }, to?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: { part },
    serializers: { err: loggableError, error: loggableError },
    hooks: { logMethod },
  }
  return to ? pino(options, to) : pino(options)
}
