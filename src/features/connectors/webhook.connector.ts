/**
 * Tells another system about a membership by a signed POST (Standard Webhooks); any 2xx answer means it is done there. To a
 * removal also 404 and 410: whoever is not known there is no member.
 */
import { Webhook } from 'standardwebhooks'
import { type Agent, type Dispatcher, request } from 'undici'
import { ConnectorError } from '../../domain/shared/connector-error.ts'
import { callableUrl } from '../../platform/net/callable-url.ts'
import { createGuardedAgent } from '../../platform/net/guarded-agent.ts'
import { RefusedAddressError, refusePrivateLiteral } from '../../platform/net/public-address.ts'
import type { Connector, MembershipChange } from './connector.ts'
import { answerFailure, excerptOf } from './webhook-answer.ts'

export type MembershipEventType = 'membership.added' | 'membership.removed'

export interface WebhookConnectorOptions {
  /** http or https, without credentials. */
  url: string
  /** `whsec_` and base64. */
  secret: string
  /** Lets the target be a private or loopback address. */
  allowPrivate: boolean
  /** Made by `createWebhookAgent` with the same `allowPrivate`, and closed by who made it. */
  agent: Agent
  timeoutMs?: number
}

const defaultTimeoutMs = 10_000

/** Connections for webhook connectors; where they lead is checked at the moment of connecting. */
export function createWebhookAgent({ allowPrivate }: { allowPrivate: boolean }): Agent {
  return createGuardedAgent({
    allowPrivate,
    connectTimeoutMs: 5_000,
    keepAliveTimeoutMs: 10_000,
    largestAnswer: 1_000_000,
  })
}

export function createWebhookConnector(options: WebhookConnectorOptions): Connector {
  return {
    addMember: (change) => post('membership.added', change, options),
    removeMember: (change) => post('membership.removed', change, options),
  }
}

async function post(
  type: MembershipEventType,
  change: MembershipChange,
  options: WebhookConnectorOptions,
): Promise<void> {
  const url = targetOf(options)
  const { timeoutMs = defaultTimeoutMs } = options
  try {
    const answer = await request(url, {
      method: 'POST',
      ...signed(type, change, options.secret),
      dispatcher: options.agent,
      signal: AbortSignal.timeout(timeoutMs),
    })
    await judge(answer, url.host, isDone[type])
  } catch (error) {
    throw error instanceof ConnectorError ? error : networkFailure(error, { host: url.host, timeoutMs })
  }
}

function targetOf({ url: text, allowPrivate }: WebhookConnectorOptions): URL {
  const url = callableUrl(text)
  if (!url) {
    throw new ConnectorError(
      'The webhook connector has no usable URL: give it an http or https URL without a user name or password in it.',
      {
        retryable: false,
      },
    )
  }
  try {
    if (!allowPrivate) refusePrivateLiteral(url)
  } catch (error) {
    throw networkFailure(error, { host: url.host, timeoutMs: 0 })
  }
  return url
}

function signed(type: MembershipEventType, { key, ...data }: MembershipChange, secret: string) {
  const now = new Date()
  const body = JSON.stringify({ type, timestamp: now.toISOString(), data })
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Gatehouse',
    'webhook-id': key,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(key, now, body),
  }
  return { headers, body }
}

const isSuccess = (status: number) => status >= 200 && status < 300

/** Which answers mean that it is as it was to become. */
const isDone: Record<MembershipEventType, (status: number) => boolean> = {
  'membership.added': isSuccess,
  'membership.removed': (status) => isSuccess(status) || status === 404 || status === 410,
}

async function judge(
  answer: Dispatcher.ResponseData,
  host: string,
  isDone: (status: number) => boolean,
): Promise<void> {
  // A body that is cut off or given up says so in an event, which without a listener would end the process.
  answer.body.on('error', () => undefined)
  if (isDone(answer.statusCode)) {
    // What is not read would keep the connection busy; what the body says does not matter, nor when it ends.
    void answer.body.dump({ limit: 16_384 }).catch(() => undefined)
    return
  }
  const excerpt = await excerptOf(answer).catch(() => '')
  throw answerFailure({ host, status: answer.statusCode, retryAfter: answer.headers['retry-after'], excerpt })
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'it refuses connections',
  ECONNRESET: 'it cut the connection',
  UND_ERR_SOCKET: 'it cut the connection',
  ENOTFOUND: 'its name is not known to DNS',
  EAI_AGAIN: 'DNS does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'connecting took too long',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
}

function networkFailure(error: unknown, { host, timeoutMs }: { host: string; timeoutMs: number }): ConnectorError {
  const { code = '', name, cause } = error as NodeJS.ErrnoException
  if (error instanceof RefusedAddressError || cause instanceof RefusedAddressError) {
    const message = `The webhook at ${host} was not called: its address is private or local, and the service does not allow that (CONNECTOR_ALLOW_PRIVATE).`
    return new ConnectorError(message, { retryable: false, cause: error })
  }
  const reason =
    name === 'TimeoutError'
      ? `it did not answer within ${timeoutMs / 1000} seconds`
      : (reasons[code] ?? (code || 'the connection failed'))
  return new ConnectorError(`The webhook at ${host} cannot be reached: ${reason}.`, { retryable: true, cause: error })
}
