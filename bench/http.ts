/** A signed-in caller over HTTP whose every call is timed. */

export interface Session {
  base: string
  cookie: string
  csrfToken: string
}

/** @throws when `base` is not on this machine: benchmarks send traffic nowhere else */
export function hasToBeLocal(base: string): void {
  if (!['localhost', '127.0.0.1', '[::1]'].includes(new URL(base).hostname))
    throw new Error('Benchmarks send traffic only to addresses of this machine')
}

/** @throws when the service at `base` does not let this user in, or is not on this machine */
export async function signIn(base: string, email: string, password: string): Promise<Session> {
  hasToBeLocal(base)
  const res = await fetch(`${base}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  if (!res.ok) throw new Error(`sign-in as ${email} answered ${res.status}: is the service running at ${base}?`)
  const { csrfToken } = (await res.json()) as { csrfToken: string }
  return { base, cookie: res.headers.getSetCookie()[0]?.split(';')[0] ?? '', csrfToken }
}

/** @returns the answer and the milliseconds it took. @throws for every answer that is no success */
export async function call<T>(
  { base, cookie, csrfToken }: Session,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ value: T; ms: number }> {
  const began = performance.now()
  const res = await fetch(`${base}/api/v1${path}`, {
    method,
    headers: { cookie, 'x-csrf-token': csrfToken, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await res.text()
  if (!res.ok) throw new Error(`${method} ${path} answered ${res.status}: ${text}`)
  return { value: (text ? JSON.parse(text) : null) as T, ms: performance.now() - began }
}

/** Lets everybody submit as often as they like: a benchmark asks for more in an hour than people do. */
export async function liftSubmissionLimits(administrator: Session): Promise<void> {
  const { value } = await call<object>(administrator, 'GET', '/settings')
  await call(administrator, 'PUT', '/settings', { ...value, requestsPerHour: 0, requestsPerHourToFlow: 0 })
}

/** Milliseconds to one decimal. */
export function summary(times: number[]) {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10
  return { count: times.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
