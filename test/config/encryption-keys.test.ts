import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  formatEncryptionKeys,
  loadOrCreateEncryptionKey,
  parseEncryptionKeys,
} from '../../src/platform/config/encryption-keys.ts'

const hex = '0f'.repeat(32)
const base64 = Buffer.alloc(32, 7).toString('base64')

describe('encryption keys', () => {
  it('a key is 32 bytes in hex or base64, with an id of its own or one made from it', () => {
    const [named, unnamed] = parseEncryptionKeys(`main:${hex}, ${base64}`)

    expect(named).toEqual({ id: 'main', key: Buffer.alloc(32, 15) })
    expect(unnamed?.key).toEqual(Buffer.alloc(32, 7))
    expect(unnamed?.id).toMatch(/^[0-9a-f]{8}$/)
    expect(parseEncryptionKeys(base64)[0]?.id).toBe(unnamed?.id)
  })

  it('what was written can be read again', () => {
    const keys = parseEncryptionKeys(`new:${hex},old:${base64}`)

    expect(parseEncryptionKeys(formatEncryptionKeys(keys))).toEqual(keys)
  })

  it.each(['', 'short', `a b:${hex}`, `one:${hex},one:${base64}`, `${hex}00`])('refuses %j', (text) => {
    expect(() => parseEncryptionKeys(text)).toThrow(RangeError)
  })
})

describe('the key in the data folder', () => {
  let dataDir: string
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-key-'))
  })
  afterEach(() => rmSync(dataDir, { recursive: true }))

  it('is made once, found again, and readable by its owner alone', () => {
    const made = loadOrCreateEncryptionKey(dataDir)
    const found = loadOrCreateEncryptionKey(dataDir)

    expect(found).toEqual(made)
    expect(statSync(join(dataDir, 'encryption-key')).mode & 0o777).toBe(0o600)
    expect(readdirSync(dataDir)).toEqual(['encryption-key'])
  })

  it('a damaged file stops the start instead of being replaced', () => {
    writeFileSync(join(dataDir, 'encryption-key'), 'damaged')

    expect(() => loadOrCreateEncryptionKey(dataDir)).toThrow(/encryption-key has a key that is not 32 bytes/)
  })
})
