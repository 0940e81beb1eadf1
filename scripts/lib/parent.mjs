/** Plain Node: ends this process when npm, which started it, is gone. */

/**
 * npm runs a script through a shell. A SIGTERM to npm ends npm and that shell, and nobody tells the script:
 * without this the service would go on with nobody to stop it.
 */
export function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, 250)
  timer.unref()
}
