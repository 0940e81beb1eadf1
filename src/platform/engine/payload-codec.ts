/**
 * Encrypts every payload of our workflows with AES-256-GCM, the id of its key beside it, because histories outlive
 * every change of mind. Payloads that others sent unencrypted (a signal typed at the command line) pass through, without
 * a seal: only what was decrypted has one.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Payload, PayloadCodec } from '@temporalio/common'
import proto from '@temporalio/proto'
import { publicMark } from '../../domain/shared/public-text.ts'
import { sealMetadata } from '../../domain/shared/seal.ts'

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

const encodingOf = ({ metadata }: Payload) => text.decode(metadata?.encoding ?? new Uint8Array())

/** A payload as JSON, as protobuf writes it: bytes in base64. */
export interface ProtoJson {
  metadata?: Record<string, string> | undefined
  data?: string | undefined
}

const toBase64 = (data: Uint8Array | null | undefined) => Buffer.from(data ?? new Uint8Array()).toString('base64')
const fromBase64 = (data: string) => new Uint8Array(Buffer.from(data, 'base64'))

export function toProtoJson({ metadata, data }: Payload): ProtoJson {
  return {
    metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([key, value]) => [key, toBase64(value)])),
    data: toBase64(data),
  }
}

export function fromProtoJson({ metadata, data }: ProtoJson): Payload {
  return {
    metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([key, value]) => [key, fromBase64(value)])),
    data: fromBase64(data ?? ''),
  }
}

const printedStart = `{"metadata":{"encoding":"${toBase64(bytes.encode(encoding))}"`

/** Nothing at all, texts for operators, and the answer to the UI's own query for a workflow's current details. */
function isPublic(payload: Payload): boolean {
  const kind = encodingOf(payload)
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

/** The encrypted payload that `npm run seal` prints, sent as the JSON that it is: so the CLI needs no further flags. */
function printed(payload: Payload): Payload | undefined {
  if (
    encodingOf(payload) !== 'json/plain' ||
    !text.decode(payload.data?.subarray(0, printedStart.length)).startsWith(printedStart)
  )
    return undefined
  try {
    return fromProtoJson(JSON.parse(text.decode(payload.data ?? new Uint8Array())) as ProtoJson)
  } catch {
    return undefined
  }
}

/** The id of the key that a payload, as the server keeps it, needs to be read; nothing when it is in the clear. */
export function payloadKeyOf(payload: Payload): string | undefined {
  const encrypted = encodingOf(payload) === encoding ? payload : printed(payload)
  const id = encrypted?.metadata?.['encryption-key-id']
  return id && text.decode(id)
}

/** A payload in the clear cannot say that it is sealed. */
export function withoutSeal({ metadata, ...payload }: Payload): Payload {
  const { [sealMetadata]: _, ...kept } = metadata ?? {}
  return { ...payload, metadata: kept }
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
      payloads.map((payload) => {
        const encrypted = encodingOf(payload) === encoding ? payload : printed(payload)
        return encrypted ? decrypt(encrypted, byId) : withoutSeal(payload)
      }),
  }
}
