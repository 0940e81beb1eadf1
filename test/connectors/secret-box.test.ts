import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSecretBox, SecretBoxError } from '../../src/platform/secrets/secret-box.ts'

const first = { id: 'first', key: randomBytes(32) }
const second = { id: 'second', key: randomBytes(32) }

test('a sealed secret is opened again, text and bytes alike', () => {
  const box = createSecretBox([first])
  const bytes = randomBytes(1_000)

  expect(box.open(box.seal('schlüssel 🔑')).toString()).toBe('schlüssel 🔑')
  expect(box.open(box.seal(bytes))).toEqual(bytes)
  expect(box.open(box.seal(''))).toEqual(Buffer.of())
})

test('the same secret is never sealed alike twice', () => {
  const box = createSecretBox([first])

  expect(box.seal('secret')).not.toEqual(box.seal('secret'))
})

test('after a change of keys old secrets still open, and new ones use the new key', () => {
  const old = createSecretBox([first]).seal('secret')
  const box = createSecretBox([second, first])

  expect(box.open(old).toString()).toBe('secret')
  expect(createSecretBox([second]).open(box.seal('new')).toString()).toBe('new')
  expect(() => createSecretBox([second]).open(old)).toThrow('key "first", which is not configured')
})

test('a change of any byte is found', () => {
  const box = createSecretBox([first, second])
  const envelope = box.seal('secret')

  for (let index = 0; index < envelope.length; index += 1) {
    const changed = Buffer.from(envelope)
    changed[index] = (changed[index] ?? 0) ^ 1
    expect(() => box.open(changed)).toThrow(SecretBoxError)
  }
  for (let length = 0; length < envelope.length; length += 1) {
    expect(() => box.open(envelope.subarray(0, length))).toThrow(SecretBoxError)
  }
})

test('a box without a key, or with a bad one, is refused', () => {
  expect(() => createSecretBox([])).toThrow(RangeError)
  expect(() => createSecretBox([{ id: 'short', key: randomBytes(16) }])).toThrow(RangeError)
  expect(() => createSecretBox([{ id: '', key: randomBytes(32) }])).toThrow(RangeError)
})
