import { describe, expect, test } from 'vitest'
import { draftKey, isDraftKey, readDraft } from './drafts.ts'

describe('the key of a draft', () => {
  const key = draftKey('ada', 'ask.vault')

  test('is of one person and one form', () => {
    expect(key).not.toBe(draftKey('ben', 'ask.vault'))
    expect(key).not.toBe(draftKey('ada', 'ask.lab'))
    expect(isDraftKey(key)).toBe(true)
    expect(isDraftKey('gatehouse.queue')).toBe(false)
  })

  test('is told from those of everybody else', () => {
    expect(isDraftKey(key, 'ada')).toBe(false)
    expect(isDraftKey(key, 'ben')).toBe(true)
    expect(isDraftKey(key, 'ad')).toBe(true)
  })
})

describe('what was kept', () => {
  const initial = { name: '', groupId: null as string | null, isNew: false, durations: [] as string[] }
  const kept = { name: 'Vault', groupId: '7', isNew: true, durations: ['P5D'] }

  test('is read as it was', () => {
    expect(readDraft(JSON.stringify(kept), initial)).toEqual(kept)
  })

  test('may be empty where the form has something, and the other way round', () => {
    expect(readDraft(JSON.stringify({ ...kept, groupId: null }), { ...initial, groupId: '7' })).toMatchObject({
      groupId: null,
    })
  })

  test.each([
    ['nothing', null],
    ['no JSON', '{"name":'],
    ['no object', '"Vault"'],
    ['null', 'null'],
    ['of a form that lacks a field', JSON.stringify({ name: 'Vault', groupId: '7', isNew: true })],
    ['of a form with another field', JSON.stringify({ ...kept, colour: 'red' })],
    ['of a form whose field was renamed', JSON.stringify({ title: 'Vault', groupId: '7', isNew: true, durations: [] })],
    ['of a form whose field was of another kind', JSON.stringify({ ...kept, durations: 'P5D' })],
  ])('is dropped when it is %s', (_, text) => {
    expect(readDraft(text, initial)).toBeUndefined()
  })
})
