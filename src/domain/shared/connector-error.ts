/** A connected system did not do what it was asked. The message tells an administrator what to do about it. */
export class ConnectorError extends Error {
  /** False when trying again cannot help. */
  readonly retryable: boolean
  /** How long the system asked to be left alone, in milliseconds. */
  readonly retryAfterMs: number | undefined

  constructor(
    message: string,
    { retryable, retryAfterMs, cause }: { retryable: boolean; retryAfterMs?: number | undefined; cause?: unknown },
  ) {
    super(message, { cause })
    this.name = 'ConnectorError'
    this.retryable = retryable
    this.retryAfterMs = retryAfterMs
  }
}
