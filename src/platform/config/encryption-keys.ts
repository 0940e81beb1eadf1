/** The keys that encrypt workflow payloads and connector secrets: their text form, and the one made at the first start. */
import { createHash, randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A 32-byte AES-256 key and the id written beside everything it encrypted. */
export interface EncryptionKey {
  id: string
  key: Buffer
}

const idPattern = /^[A-Za-z0-9._-]{1,64}$/

/**
 * Parses `[keyId:]key[,[keyId:]key…]`, each key 32 bytes as hex or base64. The first one encrypts, all of them decrypt.
 * @throws RangeError whose message says what is expected, without repeating the key.
 */
export function parseEncryptionKeys(text: string): EncryptionKey[] {
  const keys = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(parseKey)
  if (keys.length === 0) throw new RangeError('names no key')
  if (new Set(keys.map(({ id }) => id)).size < keys.length) throw new RangeError('names the same key id twice')
  return keys
}

/** The text form of keys, as `ENCRYPTION_KEY` takes it. */
export function formatEncryptionKeys(keys: EncryptionKey[]): string {
  return keys.map(({ id, key }) => `${id}:${key.toString('base64')}`).join(',')
}

function parseKey(part: string): EncryptionKey {
  const colon = part.indexOf(':')
  const key = decodeKey(part.slice(colon + 1))
  const id = colon === -1 ? createHash('sha256').update(key).digest('hex').slice(0, 8) : part.slice(0, colon)
  if (!idPattern.test(id)) throw new RangeError('has a key id that is not letters, digits, dot, dash or underscore')
  return { id, key }
}

function decodeKey(text: string): Buffer {
  if (/^[0-9a-fA-F]{64}$/.test(text)) return Buffer.from(text, 'hex')
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return Buffer.from(text, 'base64')
  throw new RangeError('has a key that is not 32 bytes in base64 or hex')
}

/** The key kept at `DATA_DIR/encryption-key`, or nothing. @throws Error when the file holds no key. */
export function loadEncryptionKey(dataDir: string): EncryptionKey[] | undefined {
  const path = join(dataDir, 'encryption-key')
  const text = readIfThere(path)
  return text === undefined ? undefined : parseKeyFile(path, text)
}

/**
 * The key kept at `DATA_DIR/encryption-key`, made (mode 0600) when there is none.
 * Two processes that start at the same moment get the same key: the file appears whole, and only once.
 * @throws Error when the folder cannot be written or the file holds no key.
 */
export function loadOrCreateEncryptionKey(dataDir: string): EncryptionKey[] {
  const existing = loadEncryptionKey(dataDir)
  if (existing) return existing

  const path = join(dataDir, 'encryption-key')
  mkdirSync(dataDir, { recursive: true })
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  try {
    // A hard link fails when the name exists, where a rename would replace the key another process has just begun to use.
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return parseKeyFile(path, readFileSync(path, 'utf8'))
}

function parseKeyFile(path: string, text: string): EncryptionKey[] {
  try {
    return parseEncryptionKeys(text)
  } catch (error) {
    throw new Error(`${path} ${(error as Error).message}`, { cause: error })
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
