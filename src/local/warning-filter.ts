/** Shows warnings and errors of the parts in the terminal; everything else stays in their log files. */

const warnLevel = 40
const repeatAfterMs = 10_000

/** A line filter for one part. The same message is shown at most every ten seconds: an outage must not flood the terminal. */
export function createWarningFilter(name: string, write: (line: string) => void) {
  const shown = new Map<string, number>()
  return (line: string, stream: 'stdout' | 'stderr') => {
    const message = messageOf(line, stream)
    if (message === undefined || Date.now() - (shown.get(message) ?? 0) < repeatAfterMs) return
    if (shown.size > 1000) shown.clear()
    shown.set(message, Date.now())
    write(`${name}: ${message}`)
  }
}

/** The message of a JSON log line of level warn or higher; a plain line on stderr as it is. */
function messageOf(line: string, stream: 'stdout' | 'stderr'): string | undefined {
  const entry = parse(line)
  if (!entry) return stream === 'stderr' && line.trim() !== '' ? line : undefined
  if (typeof entry.level !== 'number' || entry.level < warnLevel) return undefined
  const cause = entry.err?.message ?? entry.error?.message
  return [entry.msg, cause].filter(Boolean).join(': ') || line
}

interface LogEntry {
  level?: number
  msg?: string
  err?: { message?: string }
  error?: { message?: string }
}

function parse(line: string): LogEntry | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    return JSON.parse(line) as LogEntry
  } catch {
    return undefined
  }
}
