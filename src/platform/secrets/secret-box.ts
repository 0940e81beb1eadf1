/** Secrets at rest: AES-256-GCM with the id of the key in front, so that keys can be changed without losing what they sealed. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

export interface SecretBoxKey {
  id: string
  /** 32 bytes. */
  key: Buffer
}

export interface SecretBox {
  /** Encrypts with the first key. The same text gives another envelope each time. */
  seal(secret: string | Buffer): Buffer
  /** @throws SecretBoxError when the envelope was changed, or its key is not among ours */
  open(envelope: Buffer): Buffer
}

/** The envelope cannot be opened. Never holds any of it. */
export class SecretBoxError extends Error {
  override name = 'SecretBoxError'
}

const algorithm = 'aes-256-gcm'
const version = 1
const ivLength = 12
const tagLength = 16

/**
 * Envelope: version (1 byte), length of the key id (1), key id, iv (12), tag (16), ciphertext. What stands before the iv is authenticated.
 * @param keys the first one seals, all of them open
 * @throws RangeError when there is no key, a key is not 32 bytes, or an id is empty or longer than 255 bytes
 */
export function createSecretBox(keys: readonly SecretBoxKey[]): SecretBox {
  const [sealing] = keys
  if (!sealing) throw new RangeError('a secret box needs a key')
  for (const key of keys) check(key)
  const byId = new Map(keys.map(({ id, key }) => [id, key]))

  return {
    seal: (secret) => {
      const header = headerOf(sealing.id)
      const iv = randomBytes(ivLength)
      const cipher = createCipheriv(algorithm, sealing.key, iv, { authTagLength: tagLength }).setAAD(header)
      const sealed = Buffer.concat([cipher.update(secret as Buffer), cipher.final()])
      return Buffer.concat([header, iv, cipher.getAuthTag(), sealed])
    },
    open: (envelope) => {
      const header = envelope.subarray(0, 2 + (envelope[1] ?? 0))
      const rest = envelope.subarray(header.length)
      if (envelope[0] !== version || rest.length < ivLength + tagLength) throw new SecretBoxError('not a sealed secret')
      const id = header.toString('utf8', 2)
      const key = byId.get(id)
      if (!key) throw new SecretBoxError(`the secret was sealed with key "${id}", which is not configured`)
      const iv = rest.subarray(0, ivLength)
      const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagLength }).setAAD(header)
      decipher.setAuthTag(rest.subarray(ivLength, ivLength + tagLength))
      try {
        return Buffer.concat([decipher.update(rest.subarray(ivLength + tagLength)), decipher.final()])
      } catch (cause) {
        throw new SecretBoxError('the sealed secret was changed, or the key is another one of the same id', { cause })
      }
    },
  }
}

/** The id of the key that sealed an envelope; nothing for what is none. */
export function sealingKeyOf(envelope: Buffer): string | undefined {
  const end = 2 + (envelope[1] ?? 0)
  return envelope[0] === version && envelope.length > end ? envelope.toString('utf8', 2, end) : undefined
}

function check({ id, key }: SecretBoxKey): void {
  if (key.length !== 32) throw new RangeError(`key "${id}" is not 32 bytes`)
  const length = Buffer.byteLength(id)
  if (length === 0 || length > 255) throw new RangeError('a key id takes 1 to 255 bytes')
}

function headerOf(id: string): Buffer {
  const bytes = Buffer.from(id)
  return Buffer.concat([Buffer.from([version, bytes.length]), bytes])
}
