/** The logos that were asked for lately, so that other hosts are asked seldom and once for everybody. */
import { LRUCache } from 'lru-cache'
import { createLogoFetcher, type Logo, type LogoFetchOptions } from './logo.fetch.ts'

export interface Logos {
  /** The picture at this address; null when there is none to be had now. */
  find(url: string): Promise<Logo | null>
  close(): Promise<void>
}

export interface LogosOptions extends LogoFetchOptions {
  /** Told of each fetch that failed. */
  onFailure?: (host: string, error: unknown) => void
  /** Milliseconds since 1970. */
  now?: () => number
}

const keptMs = { found: 60 * 60_000, failed: 60_000 }
/** What is kept at most; beyond that goes what has not been asked for the longest. */
const most = { max: 500, maxSize: 16 * 1024 * 1024 }

/** Fetched logos are kept for an hour, failures for a minute; who asks while one is being fetched shares its answer. */
export function createLogos({ onFailure = () => undefined, now = Date.now, ...options }: LogosOptions): Logos {
  const fetcher = createLogoFetcher(options)
  const found = new LRUCache<string, { logo: Logo | null }>({
    ...most,
    sizeCalculation: ({ logo }) => logo?.bytes.length || 1,
    ttl: keptMs.found,
    ttlResolution: 0,
    perf: { now },
    // One that had to make room while it was being fetched is an answer all the same.
    ignoreFetchAbort: true,
    allowStaleOnFetchAbort: true,
    fetchMethod: async (url, _before, call) => {
      const logo = await fetcher.fetchLogo(url).catch((error: unknown) => {
        onFailure(hostOf(url), error)
        call.options.ttl = keptMs.failed
        return null
      })
      return { logo }
    },
  })

  return {
    find: async (url) => (await found.fetch(url))?.logo ?? null,
    close: () => fetcher.close(),
  }
}

/** Paths and queries may hold what only its owner should know. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : ''
}
