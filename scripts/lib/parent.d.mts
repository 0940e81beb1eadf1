/** Ends this process by SIGTERM when npm, which started it, is gone. */
export function endWithNpm(): void
