/** What the processes of the bare service agree on. */

export const bareTaskQueue = 'bare-requests'

/** @throws when the service that starts this process has not set it */
export function variable(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set`)
  return value
}

// Whoever started this process is gone: so is the reason to run.
process.once('disconnect', () => process.exit(0))
process.once('SIGTERM', () => process.exit(0))
