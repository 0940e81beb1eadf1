/**
 * Checkpoints: signed statements of what the end of the chain was at a time. Kept where the database does not reach, they
 * show a log that was emptied, set back, or cut and grown anew, even by somebody who has the chain's key.
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { z } from 'zod'
import { instant } from '../../platform/http/schemas.ts'

export const checkpoint = z
  .object({
    sequence: z.int().min(0).meta({ description: 'Place of the last row in the chain; 0 before the first' }),
    hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .meta({ description: 'Hash of that row, in hex' }),
    time: instant,
    key: z.string().meta({ description: 'Fingerprint of the public key: SHA-256 of its DER form, in hex' }),
    signature: z.string().meta({
      description:
        'Ed25519, in base64, over "gatehouse audit checkpoint", sequence, hash and time, each followed by a line feed',
    }),
  })
  .meta({ id: 'AuditCheckpoint' })
export type Checkpoint = z.output<typeof checkpoint>

type Statement = Pick<Checkpoint, 'sequence' | 'hash' | 'time'>

/** What is signed. */
function signedBytes({ sequence, hash, time }: Statement): Buffer {
  return Buffer.from(`gatehouse audit checkpoint\n${sequence}\n${hash}\n${time}\n`)
}

/** A new pair of keys: the public one as DER (SPKI), the private one as DER (PKCS 8). */
export function createSigningKey(): { publicKey: Buffer; privateKey: Buffer } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'der' }),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }),
  }
}

/** The public half (DER, SPKI) of a private key (DER, PKCS 8). */
function publicHalfOf(privateKey: Buffer): Buffer {
  return createPublicKey(createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' })).export({
    type: 'spki',
    format: 'der',
  })
}

/** The public key, as the sealed private one proves it; nothing when either was put there by somebody without ENCRYPTION_KEY. */
export function trustedKeyOf(
  stored: { publicKey: Buffer; sealedPrivateKey: Buffer } | undefined,
  open: (sealed: Buffer) => Buffer,
): Buffer | undefined {
  try {
    const publicKey = stored && publicHalfOf(open(stored.sealedPrivateKey))
    return publicKey?.equals(stored?.publicKey ?? Buffer.alloc(0)) ? publicKey : undefined
  } catch {
    return undefined // sealed by nobody who has ENCRYPTION_KEY
  }
}

export function fingerprintOf(publicKey: Buffer): string {
  return createHash('sha256').update(publicKey).digest('hex')
}

export function asPem(publicKey: Buffer): string {
  return createPublicKey({ key: publicKey, format: 'der', type: 'spki' }).export({
    type: 'spki',
    format: 'pem',
  }) as string
}

export function signatureOf(statement: Statement, privateKey: Buffer): Buffer {
  return sign(null, signedBytes(statement), { key: privateKey, format: 'der', type: 'pkcs8' })
}

export function isSignedBy(one: Checkpoint, publicKey: Buffer): boolean {
  const key = createPublicKey({ key: publicKey, format: 'der', type: 'spki' })
  return verify(null, signedBytes(one), key, Buffer.from(one.signature, 'base64'))
}

/**
 * Reads checkpoints as they are downloaded or kept: one as JSON, a list of them, a page of the API, or one in each line.
 * @throws Error that says which part is none
 */
export function parseCheckpoints(text: string): Checkpoint[] {
  const values = wholeOf(text) ?? text.split('\n').filter((line) => line.trim() !== '')
  return values.map((value, index) => {
    const read = checkpoint.safeParse(typeof value === 'string' ? jsonOf(value) : value)
    if (!read.success) throw new Error(`entry ${index + 1} is no checkpoint`)
    return read.data
  })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // one in each line, or nothing of ours
  }
}

function wholeOf(text: string): unknown[] | undefined {
  const whole = jsonOf(text)
  if (whole === undefined) return undefined
  if (Array.isArray(whole)) return whole
  const { items } = (whole ?? {}) as { items?: unknown }
  return Array.isArray(items) ? items : [whole]
}
