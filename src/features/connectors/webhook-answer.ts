/** What an answer other than 2xx means, in words for the person who has to act. */
import { STATUS_CODES } from 'node:http'
import type { Dispatcher } from 'undici'
import { ConnectorError } from '../../domain/shared/connector-error.ts'

const longestExcerpt = 200
const readAtMost = 2_048
const longestRetryAfterMs = 60_000
/** Client errors that say "not now" rather than "not like this". */
const retryableClientErrors = new Set([408, 429])

export interface Answer {
  host: string
  status: number
  retryAfter: string | string[] | undefined
  excerpt: string
}

/** 4xx but 408 and 429 is final; everything else may pass another time. Redirects are not followed: they could lead inside. */
export function answerFailure({ host, status, retryAfter, excerpt }: Answer): ConnectorError {
  const answered = `The webhook at ${host} answered ${status}${STATUS_CODES[status] ? ` ${STATUS_CODES[status]}` : ''}`
  const isRedirect = status >= 300 && status < 400
  const redirect = ', a redirect, which is not followed. Give the connector the final URL.'
  const saying = excerpt ? `, saying: ${excerpt}` : '.'
  const retryable = status < 400 || status >= 500 || retryableClientErrors.has(status)
  return new ConnectorError(`${answered}${isRedirect ? redirect : saying}`, {
    retryable,
    retryAfterMs: retryable ? retryAfterInMs(retryAfter) : undefined,
  })
}

/** Seconds or an HTTP date, at most a minute. */
export function retryAfterInMs(header: string | string[] | undefined, now = Date.now()): number | undefined {
  const text = Array.isArray(header) ? header[0] : header
  if (!text) return undefined
  const wait = /^\d{1,9}$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - now
  return Number.isNaN(wait) ? undefined : Math.min(longestRetryAfterMs, Math.max(0, wait))
}

/** The first words of a plain answer: one line, printable. Pages for browsers say nothing to an administrator. */
export async function excerptOf({ headers, body }: Dispatcher.ResponseData): Promise<string> {
  if (!/^(?:text\/plain|application\/(?:[\w.-]+\+)?json)\b/i.test(String(headers['content-type'] ?? ''))) {
    body.destroy()
    return ''
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= readAtMost) break
  }
  const text = Buffer.concat(chunks).subarray(0, readAtMost).toString('utf8')
  const characters = Array.from((sentenceOf(text) ?? text).replace(/[\p{C}\p{Z}]+/gu, ' ').trim())
  return characters.length > longestExcerpt ? `${characters.slice(0, longestExcerpt).join('')}…` : characters.join('')
}

/** Where programs put what people are to read: RFC 9457, OAuth, SCIM and what is usual beside them. */
const sentenceFields = ['detail', 'message', 'error_description', 'error', 'title', 'reason']

/** The words for people in a JSON answer, if there are any. */
function sentenceOf(text: string): string | undefined {
  try {
    return findSentence(JSON.parse(text), 2)
  } catch {
    return undefined
  }
}

function findSentence(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') return value.trim() || undefined
  if (depth === 0 || typeof value !== 'object' || value === null) return undefined
  const fields = value as Record<string, unknown>
  return sentenceFields.map((name) => findSentence(fields[name], depth - 1)).find(Boolean)
}
