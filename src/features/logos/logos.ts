/** The logos that were asked for lately, so that other hosts are asked seldom and once for everybody. */
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

interface Kept {
  logo: Promise<Logo | null>
  /** On the clock of `now`; for ever while it is being fetched. */
  until: number
  bytes: number
}

const keptMs = { found: 60 * 60_000, failed: 60_000 }
/** What is kept at most; beyond that goes what has not been asked for the longest. */
const most = { logos: 500, bytes: 16 * 1024 * 1024 }

/** Fetched logos are kept for an hour, failures for a minute. */
export function createLogos({ onFailure = () => undefined, now = Date.now, ...options }: LogosOptions): Logos {
  const fetcher = createLogoFetcher(options)
  const kept = new Map<string, Kept>()
  let bytes = 0

  function drop(url: string): void {
    bytes -= kept.get(url)?.bytes ?? 0
    kept.delete(url)
  }

  function keep(url: string, one: Kept): void {
    drop(url)
    kept.set(url, one)
    bytes += one.bytes
    for (const oldest of kept.keys()) {
      if (kept.size <= most.logos && bytes <= most.bytes) return
      drop(oldest)
    }
  }

  async function fetchLogo(url: string): Promise<Logo | null> {
    const found = await fetcher.fetchLogo(url).catch((error: unknown) => {
      onFailure(hostOf(url), error)
      return null
    })
    const until = now() + (found ? keptMs.found : keptMs.failed)
    keep(url, { logo: Promise.resolve(found), until, bytes: found?.bytes.length ?? 0 })
    return found
  }

  return {
    find(url) {
      const known = kept.get(url)
      const isFresh = known !== undefined && now() < known.until
      const one = isFresh ? known : { logo: fetchLogo(url), until: Number.POSITIVE_INFINITY, bytes: 0 }
      keep(url, one)
      return one.logo
    },
    close: () => fetcher.close(),
  }
}

/** Paths and queries may hold what only its owner should know. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : ''
}
