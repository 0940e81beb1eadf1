/** Fetches a logo from where it stands, within bounds that keep other hosts from hurting the service or its users. */
import { type Dispatcher, request } from 'undici'
import { within } from '../../platform/http/time-limit.ts'
import { callableUrl } from '../../platform/net/callable-url.ts'
import { createGuardedAgent } from '../../platform/net/guarded-agent.ts'
import { refusePrivateLiteral } from '../../platform/net/public-address.ts'

export interface Logo {
  contentType: string
  bytes: Buffer
}

export interface LogoFetcher {
  /** @throws Error saying why there is no logo */
  fetchLogo(url: string): Promise<Logo>
  /** Gives up the connections kept to other hosts. */
  close(): Promise<void>
}

export interface LogoFetchOptions {
  /** Lets logos stand at private and loopback addresses. */
  allowPrivate: boolean
  timeoutMs?: number
}

const pictureTypes = new Set([
  'image/avif',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/svg+xml',
  'image/vnd.microsoft.icon',
  'image/webp',
  'image/x-icon',
])
/** Bytes. */
const largestLogo = 256 * 1024
const headers = {
  accept: [...pictureTypes].join(', '),
  'accept-encoding': 'identity',
  'user-agent': 'Gatehouse',
}

/** Redirects are not followed: they could lead inside. */
export function createLogoFetcher({ allowPrivate, timeoutMs = 4_000 }: LogoFetchOptions): LogoFetcher {
  const agent = createGuardedAgent({
    allowPrivate,
    connectTimeoutMs: timeoutMs,
    keepAliveTimeoutMs: 1_000,
    largestAnswer: largestLogo,
  })

  async function read(text: string): Promise<Logo> {
    const url = callableUrl(text)
    if (!url) throw new Error('its address is not one the service calls')
    if (!allowPrivate) refusePrivateLiteral(url)
    const answer = await request(url, { headers, dispatcher: agent, signal: AbortSignal.timeout(timeoutMs) })
    return logoOf(answer)
  }

  return {
    // The signal is heard only once there is a connection.
    fetchLogo: (url) =>
      within({ ms: timeoutMs, refusal: () => new Error('it took too long'), onLate: () => undefined }, () => read(url)),
    close: () => agent.destroy(),
  }
}

async function logoOf(answer: Dispatcher.ResponseData): Promise<Logo> {
  const { statusCode, headers: answered, body } = answer
  const contentType = typeOf(answered['content-type'])
  const encoding = String(answered['content-encoding'] ?? 'identity')
  const fault =
    statusCode !== 200
      ? `it answered ${statusCode}`
      : !pictureTypes.has(contentType)
        ? 'it is not a picture of a known type'
        : encoding !== 'identity' && `its encoding ${encoding.slice(0, 20)} was not asked for`
  if (fault) {
    // What is given up says so in an event, which without a listener would end the process.
    body.on('error', () => undefined).destroy()
    throw new Error(fault)
  }
  const bytes = Buffer.from(await body.arrayBuffer())
  if (bytes.length === 0) throw new Error('it is empty')
  return { contentType, bytes }
}

/** Without parameters, in lower case. */
function typeOf(header: string | string[] | undefined): string {
  return String(header ?? '')
    .split(';', 1)
    .join()
    .trim()
    .toLowerCase()
}
