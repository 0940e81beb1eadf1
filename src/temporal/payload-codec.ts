/**
 * Encrypts every payload of our workflows with AES-256-GCM, the id of its key beside it, because histories outlive
 * every change of mind. Payloads that others sent unencrypted (a signal typed at the command line) pass through.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Payload, PayloadCodec } from '@temporalio/common'
import proto from '@temporalio/proto'
import { publicMark } from '../domain/public-text.ts'

// The package is CommonJS without named exports that ESM can see.
const { temporal } = proto

export interface CodecKey {
  id: string
  /** 32 bytes. */
  key: Buffer
}

const encoding = 'binary/encrypted'
const ivLength = 12
const tagLength = 16
/** No payload of ours is larger; a hostile one must not fill the memory. */
const largestPayload = 8 * 1024 * 1024

const text = new TextDecoder()
const bytes = new TextEncoder()

/** Nothing at all, texts for operators, and the answer to the UI's own query for a workflow's current details. */
function isPublic(payload: Payload): boolean {
  const kind = text.decode(payload.metadata?.encoding ?? new Uint8Array())
  if (kind === 'binary/null') return true
  if (!payload.data || kind !== 'json/plain') return false
  const json = text.decode(payload.data.subarray(0, 32))
  return json.startsWith(`"${publicMark}`) || json.startsWith('{"definition":{"type":')
}

function encrypt(payload: Payload, { id, key }: CodecKey): Payload {
  const plain = deflateRawSync(temporal.api.common.v1.Payload.encode(payload).finish())
  const iv = randomBytes(ivLength)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(bytes.encode(id))
  const data = Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  return {
    metadata: { encoding: bytes.encode(encoding), 'encryption-key-id': bytes.encode(id) },
    data: new Uint8Array(data),
  }
}

function decrypt(payload: Payload, keys: ReadonlyMap<string, Buffer>): Payload {
  const id = text.decode(payload.metadata?.['encryption-key-id'] ?? new Uint8Array())
  const key = keys.get(id)
  if (!key)
    throw new Error(
      `The key ${JSON.stringify(id)} of this payload is not among ENCRYPTION_KEY: keep old keys until no history uses them.`,
    )
  const data = Buffer.from(payload.data ?? new Uint8Array())
  const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, ivLength), { authTagLength: tagLength })
  decipher.setAAD(bytes.encode(id))
  decipher.setAuthTag(data.subarray(data.length - tagLength))
  const plain = Buffer.concat([decipher.update(data.subarray(ivLength, data.length - tagLength)), decipher.final()])
  return temporal.api.common.v1.Payload.decode(inflateRawSync(plain, { maxOutputLength: largestPayload }))
}

/** Named in the error that reading such a payload makes, where it is read. */
function unreadable(payload: Payload, error: unknown): Payload {
  const why = error instanceof Error ? error.message : String(error)
  return { ...payload, metadata: { encoding: bytes.encode(`unreadable: ${why}`) } }
}

/**
 * For workers: a payload that cannot be decrypted fails where it is read, and not the whole workflow task,
 * so that a signal that somebody encrypted with a key of their own is refused like any other broken one.
 */
export function createWorkerPayloadCodec(keys: readonly CodecKey[]): PayloadCodec {
  const codec = createPayloadCodec(keys)
  const decodeOne = async (payload: Payload): Promise<Payload> => {
    try {
      return (await codec.decode([payload]))[0] ?? payload
    } catch (error) {
      return unreadable(payload, error)
    }
  }
  return { encode: (payloads) => codec.encode(payloads), decode: (payloads) => Promise.all(payloads.map(decodeOne)) }
}

/** @param keys the first one encrypts, all of them decrypt; at least one */
export function createPayloadCodec(keys: readonly CodecKey[]): PayloadCodec {
  const [first] = keys
  if (!first) throw new RangeError('the payload codec needs a key')
  const byId = new Map(keys.map(({ id, key }) => [id, key]))
  return {
    encode: async (payloads) => payloads.map((payload) => (isPublic(payload) ? payload : encrypt(payload, first))),
    decode: async (payloads) =>
      payloads.map((payload) =>
        text.decode(payload.metadata?.encoding ?? new Uint8Array()) === encoding ? decrypt(payload, byId) : payload,
      ),
  }
}
